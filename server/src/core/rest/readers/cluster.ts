import { decodedString } from '../../unwrap/json/escapes.ts';
import { type Source, SourceBuilder } from '../../unwrap/source.ts';
import type { Field } from '../fields.ts';
import type { JobRow } from '../model/cluster.ts';
import { base, hasAll, isId, type RestReader } from './reader.ts';

export const overview: RestReader<'overview'> = {
  type: 'overview',
  fits: (root) => hasAll(root, 'taskmanagers', 'slots-total') || hasAll(root, 'slots-total', 'slots-available'),
  read: (root, place) => ({
    ...base('overview', place),
    taskManagers: root.get('taskmanagers').amount,
    slotsTotal: root.get('slots-total').amount,
    slotsAvailable: root.get('slots-available').amount,
    jobs: {
      running: root.get('jobs-running').amount,
      finished: root.get('jobs-finished').amount,
      cancelled: root.get('jobs-cancelled').amount,
      failed: root.get('jobs-failed').amount,
    },
    flinkVersion: root.get('flink-version').words,
    slotsSpan: root.get('slots-available', 'slots-total').span,
  }),
  samples: ['{"taskmanagers":1,"slots-total":4,"slots-available":2,"jobs-running":1,"flink-version":"2.3.0","flink-commit":"c0f8d1a"}'],
  nearMisses: ['{"taskmanagers":[]}', '{"slots-total":"string"}'],
};

export const dashboard: RestReader<'dashboard'> = {
  type: 'dashboard',
  fits: (root) => hasAll(root, 'refresh-interval', 'flink-version') || hasAll(root, 'timezone-name', 'flink-version'),
  read: (root, place) => ({
    ...base('dashboard', place),
    flinkVersion: root.get('flink-version').words,
    flinkRevision: root.get('flink-revision').words,
    timeZone: root.get('timezone-name').words,
    timeZoneOffset: root.get('timezone-offset').number,
    refreshInterval: root.get('refresh-interval').amount,
    features: root
      .get('features')
      .entries()
      .flatMap(([name, value]) => (value.flag === true ? [name] : [])),
  }),
  samples: [
    '{"refresh-interval":3000,"timezone-name":"Coordinated Universal Time","timezone-offset":0,"flink-version":"1.13.6","flink-revision":"b2ca390","features":{"web-submit":true}}',
  ],
  nearMisses: ['{"refresh-interval":3000}'],
};

/** `/jobs/overview`; `/jobs` has ids and states alone. */
export const jobs: RestReader<'jobs'> = {
  type: 'jobs',
  fits: (root) => {
    const [first] = root.get('jobs').items();
    return first !== undefined && !root.has('status') && (hasAll(first, 'jid', 'state') || (isId(first.get('id').text) && first.has('status')));
  },
  read: (root, place) => ({
    ...base('jobs', place),
    jobs: root
      .get('jobs')
      .items()
      .filter((item) => item.isObject)
      .map(jobRow),
  }),
  samples: [
    '{"jobs":[{"jid":"9e850de2cab54b40bb9bada9865ff609","name":"orders","state":"RESTARTING","start-time":1,"end-time":-1,"duration":8717,"last-modification":2,"tasks":{"total":6,"failed":1}}]}',
    '{"jobs":[{"id":"9e850de2cab54b40bb9bada9865ff609","status":"RUNNING"}]}',
  ],
  nearMisses: ['{"jobs":[]}', '{"jobs":[{"id":"build","status":"ok"}]}', '{"jobs":{"build":{"state":"ok"}}}'],
};

function jobRow(item: Field): JobRow {
  const state = item.get('state', 'status');
  const tasks = item.get('tasks').amounts();
  delete tasks.total;
  return {
    id: item.get('jid', 'id').text ?? '',
    name: item.get('name').words,
    state: state.words,
    start: item.get('start-time').time,
    end: item.get('end-time').time,
    duration: item.get('duration').amount,
    tasks,
    span: item.span,
    stateSpan: state.span,
  };
}

export const errors: RestReader<'errors'> = {
  type: 'errors',
  fits: (root) =>
    root.entries().length === 1 &&
    root.get('errors').items().length > 0 &&
    root
      .get('errors')
      .items()
      .every((item) => item.node?.kind === 'string'),
  read: (root, place) => ({
    ...base('errors', place),
    errors: root
      .get('errors')
      .items()
      .map((item) => ({ text: item.text ?? '', trace: traceOf(item), span: item.span })),
  }),
  samples: [
    '{"errors":["Job 9e850de2cab54b40bb9bada9865ff609 not found"]}',
    '{"errors":["Internal server error.","<Exception on server side:\\na.B: c\\n\\tat a.B.c(B.java:1)\\n\\nEnd of exception on server side>"]}',
  ],
  nearMisses: ['{"errors":[]}', '{"errors":[{"code":1}]}', '{"errors":["a"],"data":null}'],
};

/** Around the trace that the server sends along (AbstractHandler.handleException). */
const BEFORE_TRACE = '<Exception on server side:';
const BEHIND_TRACE = 'End of exception on server side>';
/** What was asked for is not there (any more): the answer, and no failure. */
const NOT_THERE =
  /^\s*(?:org\.apache\.flink\.[\w.]{1,200}\.(?:NotFoundException|Flink\w{0,20}NotFoundException)|java\.util\.NoSuchElementException)\b/;

function traceOf({ node, source }: Field): Source | null {
  if (node?.kind !== 'string') return null;
  const whole = decodedString(source, node.start, node.end);
  const { text } = whole;
  const start = text.startsWith(BEFORE_TRACE) ? BEFORE_TRACE.length : 0;
  const behind = text.lastIndexOf(BEHIND_TRACE);
  const end = behind === -1 ? text.length : behind;
  if (!/\n[ \t]{1,8}at /.test(text) || NOT_THERE.test(text.slice(start, start + 300))) return null;
  const builder = new SourceBuilder(text);
  // The exception begins a line.
  builder.copy(start + (/^\s{0,9}/.exec(text.slice(start, start + 9))?.[0].length ?? 0), end);
  return builder.build().within(whole);
}

export const jobConfig: RestReader<'job-config'> = {
  type: 'job-config',
  fits: (root) => hasAll(root, 'jid', 'execution-config'),
  read: (root, place) => {
    const config = root.get('execution-config');
    return {
      ...base('job-config', place),
      subject: { ...place.subject, job: root.get('jid').text ?? place.subject.job },
      name: root.get('name').words,
      restartStrategy: config.get('restart-strategy').words,
      parallelism: config.get('job-parallelism').amount,
      objectReuse: config.get('object-reuse-mode').flag,
      parameters: config.get('user-config').texts(),
    };
  },
  samples: [
    '{"jid":"9e850de2cab54b40bb9bada9865ff609","name":"orders","execution-config":{"execution-mode":"PIPELINED","restart-strategy":"Cluster level default restart strategy","job-parallelism":2,"object-reuse-mode":false,"user-config":{}}}',
  ],
  nearMisses: ['{"jid":"9e850de2cab54b40bb9bada9865ff609","name":"orders"}'],
};
