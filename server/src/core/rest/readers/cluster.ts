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
      .map((item) => ({ text: item.text ?? '', span: item.span })),
  }),
  samples: ['{"errors":["Job 9e850de2cab54b40bb9bada9865ff609 not found"]}'],
  nearMisses: ['{"errors":[]}', '{"errors":[{"code":1}]}', '{"errors":["a"],"data":null}'],
};

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
