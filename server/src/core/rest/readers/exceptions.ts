import { decodedString } from '../../unwrap/json/escapes.ts';
import type { Field } from '../fields.ts';
import type { ExceptionEntry, ExceptionsDocument } from '../model/job.ts';
import { base, hasAll, type RestReader } from './reader.ts';

/** "Map (1/2) - execution #3", and "Map (1/2)#3" as logs have it. */
const TASK = /^(?<name>[\s\S]*\S) \((?<subtask>\d+)\/(?<parallelism>\d+)\)(?:(?: - execution )?#(?<attempt>\d+))?$/;
/** What stands in place of an endpoint before 1.13: "(unassigned)". */
const NO_ENDPOINT = /^\(/;
const CLASS = /^[\w.$]+/;

export const exceptions: RestReader<'exceptions'> = {
  type: 'exceptions',
  fits: (root) =>
    (root.get('exceptionHistory').isObject && root.get('exceptionHistory').get('entries').isList) ||
    hasAll(root, 'root-exception', 'all-exceptions') ||
    (root.has('root-exception') && /\n[ \t]{1,8}at |Exception|Error/.test(root.get('root-exception').text ?? '')),
  read: (root, place) => ({
    ...base('exceptions', place),
    ...formOf(root),
    truncated: (root.get('exceptionHistory').get('truncated').flag ?? root.get('truncated').flag) === true,
  }),
  samples: [
    '{"exceptionHistory":{"entries":[],"truncated":false}}',
    '{"exceptionHistory":{"entries":[{"exceptionName":"a.B","stacktrace":"a.B: c\\n\\tat a.B.c(B.java:1)","timestamp":3,"taskName":"Map (1/2) - execution #1","endpoint":"localhost:1","taskManagerId":"localhost:2-ab","failureLabels":{"type":"USER"},"concurrentExceptions":[]}],"truncated":false}}',
    '{"root-exception":"a.B: c\\n\\tat a.B.c(B.java:1)","timestamp":1,"all-exceptions":[{"exception":"a.B: c","task":"Map (1/2)","location":"localhost:1","timestamp":1}],"truncated":false}',
    '{"root-exception":null,"timestamp":null,"all-exceptions":[],"truncated":false}',
  ],
  nearMisses: ['{"title":"root-exception","type":"string"}', '{"exceptionHistory":{"type":"object"}}'],
};

/** The history (1.13 and newer) with what failed at the same time, else the last exceptions of the tasks, else the one that ended the job. */
function formOf(root: Field): Pick<ExceptionsDocument, 'form' | 'entries'> {
  const history: ExceptionEntry[] = [];
  for (const item of root.get('exceptionHistory').get('entries').items()) {
    const entry = entryOf(item, 'stacktrace', null);
    if (entry === null) continue;
    const index = history.push(entry) - 1;
    for (const other of item.get('concurrentExceptions').items()) {
      const beside = entryOf(other, 'stacktrace', index);
      if (beside !== null) history.push(beside);
    }
  }
  if (history.length > 0) return { form: 'history', entries: history };
  const all = root
    .get('all-exceptions')
    .items()
    .flatMap((item) => entryOf(item, 'exception', null) ?? []);
  if (all.length > 0) return { form: 'all-exceptions', entries: all };
  const one = entryOf(root, 'root-exception', null);
  return one === null ? { form: 'none', entries: [] } : { form: 'root-exception', entries: [one] };
}

function entryOf(item: Field, traceKey: string, beside: number | null): ExceptionEntry | null {
  const trace = item.get(traceKey);
  if (trace.node?.kind !== 'string') return null;
  const name = item.get('exceptionName');
  const decoded = decodedString(trace.source, trace.node.start, trace.node.end);
  const task = item.get('taskName', 'task').words;
  const groups = task === null ? undefined : TASK.exec(task)?.groups;
  const endpoint = item.get('endpoint', 'location').words;
  const number = (text: string | undefined): number | null => (text === undefined ? null : Number(text));
  return {
    name: name.words ?? CLASS.exec(decoded.text)?.[0] ?? null,
    trace: decoded,
    time: item.get('timestamp').time,
    task: groups?.name ?? null,
    subtask: number(groups?.subtask),
    parallelism: number(groups?.parallelism),
    attempt: number(groups?.attempt),
    endpoint: endpoint === null || NO_ENDPOINT.test(endpoint) ? null : endpoint,
    taskManager: item.get('taskManagerId').words,
    labels: item.get('failureLabels').texts(),
    with: beside,
    span: item.span,
    nameSpan: name.node === undefined ? trace.span : name.span,
  };
}
