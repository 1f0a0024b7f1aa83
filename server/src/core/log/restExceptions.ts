import { oneLine } from '../text.ts';
import { decodeInto } from '../unwrap/json/escapes.ts';
import { items, type JsonNode, member, numberAt, readJson, stringAt } from '../unwrap/json/tree.ts';
import type { Packing } from '../unwrap/packing.ts';
import { type Source, SourceBuilder } from '../unwrap/source.ts';
import { formatStamp } from './time.ts';

/** Answers of `/jobs/:jobid/exceptions`, of a JobManager or the history server; not the API's description, which has the same names. */
export function isRestExceptions(sample: string): boolean {
  return (
    /^\s*\{/.test(sample) &&
    /"(?:exceptionHistory|all-exceptions|root-exception)"\s*:/.test(sample) &&
    /"(?:stacktrace|exception|root-exception)"\s*:\s*"/.test(sample)
  );
}

/** A document of the REST API holds failures with their traces, which read as the records of a log. */
export const restExceptions: Packing = {
  id: 'rest-exceptions',
  title: "exceptions of Flink's REST API",
  whole: true,
  sign: isRestExceptions,
  *undo(text) {
    yield;
    return openRestExceptions(text);
  },
  samples: ['{"root-exception":"a.B: c\\n\\tat a.B.c(B.java:1)","timestamp":1}'],
  nearMisses: ['{"title":"root-exception","type":"string"}'],
};

interface Entry {
  time: number | null;
  task: string | null;
  trace: JsonNode;
}

/**
 * The failures of the answer as the records of a log, oldest first: the history (1.13 and newer) with what failed at the
 * same time, else the last exceptions of the tasks, else the one that ended the job.
 */
function openRestExceptions(text: string): Source | null {
  const root = readJson(text)?.root;
  const history = items(member(member(root, 'exceptionHistory'), 'entries')).flatMap((entry) => [
    entry,
    ...items(member(entry, 'concurrentExceptions')),
  ]);
  let entries = history.flatMap((entry) => entryOf(text, entry, 'stacktrace', 'taskName') ?? []);
  if (entries.length === 0) entries = items(member(root, 'all-exceptions')).flatMap((entry) => entryOf(text, entry, 'exception', 'task') ?? []);
  if (entries.length === 0 && root !== undefined) entries = [entryOf(text, root, 'root-exception', '') ?? []].flat();
  if (entries.length === 0) return null;
  entries.sort((a, b) => (a.time ?? 0) - (b.time ?? 0));
  const builder = new SourceBuilder(text);
  for (const { time, task, trace } of entries) {
    const stamp = time === null ? '' : `${formatStamp(time, true)} UTC `;
    builder.insert(trace.start, `${stamp}ERROR org.apache.flink.runtime.rest [] - ${task ?? 'The job'} is reported as failed by the REST API.\n`);
    decodeInto(builder, text, trace.start, trace.end);
    builder.insert(trace.end, '\n');
  }
  return builder.build();
}

function entryOf(text: string, entry: JsonNode, traceKey: string, taskKey: string): Entry | null {
  const trace = member(entry, traceKey);
  if (trace?.kind !== 'string') return null;
  return { time: numberAt(text, entry, 'timestamp'), task: taskKey === '' ? null : nameOf(stringAt(text, entry, taskKey)), trace };
}

/** "Map (1/2) - execution #3" as it stands in logs: "Map (1/2)#3". */
function nameOf(task: string | null): string | null {
  if (task === null || !/\(\d+\/\d+\)/.test(task)) return null;
  return oneLine(task).replace(/(\(\d+\/\d+\)) - execution #(\d+)$/, '$1#$2');
}
