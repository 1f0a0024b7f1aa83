import type { Field } from '../fields.ts';
import type { SubtaskRow, VertexDocument } from '../model/job.ts';
import { base, hasAll, isId, type RestReader } from './reader.ts';

/** `/jobs/:id/vertices/:vid`, its `/subtasktimes` and `/taskmanagers`, and one execution attempt. */
export const vertex: RestReader<'vertex'> = {
  type: 'vertex',
  fits: (root) => formOf(root) !== null,
  read(root, place) {
    const form = formOf(root) ?? 'subtasks';
    const name = root.get('name');
    const id = root.get('id').text;
    const list = form === 'taskmanagers' ? root.get('taskmanagers') : root.get('subtasks');
    const rows =
      form === 'attempt'
        ? [row(root, 0)]
        : list
            .items()
            .filter((item) => item.isObject)
            .map(row);
    return {
      ...base('vertex', place),
      subject: {
        ...place.subject,
        vertex: form !== 'attempt' && isId(id) ? id : place.subject.vertex,
        subtask: form === 'attempt' ? (rows[0]?.subtask ?? null) : place.subject.subtask,
      },
      of: form,
      name: name.words,
      parallelism: root.get('parallelism').amount,
      maxParallelism: root.get('maxParallelism').amount,
      now: root.get('now').time,
      subtasks: rows,
      nameSpan: name.span,
    };
  },
  samples: [
    '{"id":"9dd63673dd41ea021b896d5203f3ba7c","name":"sessions","parallelism":2,"maxParallelism":128,"now":1795955658861,"subtasks":[{"subtask":0,"status":"RUNNING","attempt":0,"endpoint":"localhost:44433","start-time":1,"end-time":-1,"duration":4571,"metrics":{},"taskmanager-id":"localhost:46305-b0043c"}]}',
    '{"id":"9dd63673dd41ea021b896d5203f3ba7c","name":"sessions","parallelism":1,"now":3,"subtasks":[{"subtask":0,"status":"FINISHED","attempt":0,"host":"localhost","start-time":1,"end-time":2,"duration":1}]}',
    '{"id":"9dd63673dd41ea021b896d5203f3ba7c","name":"sessions","now":3,"subtasks":[{"subtask":0,"host":"localhost","duration":2,"timestamps":{"CREATED":1}}]}',
    '{"id":"9dd63673dd41ea021b896d5203f3ba7c","name":"sessions","now":3,"taskmanagers":[{"endpoint":"localhost:43767","status":"FAILED","duration":1042,"status-counts":{"FAILED":1},"taskmanager-id":"localhost:43089-793d33"}]}',
    '{"subtask":1,"status":"FAILED","attempt":1,"endpoint":"localhost:43767","start-time":1,"end-time":2,"duration":1,"metrics":{}}',
  ],
  nearMisses: [
    '{"id":"a","name":"b","subtasks":[]}',
    '{"id":2,"status":"COMPLETED","subtasks":[{"index":0}]}',
    '{"status":"ok","subtasks":[{"subtask":0,"ratio":1}]}',
  ],
};

function formOf(root: Field): VertexDocument['of'] | null {
  if (isId(root.get('id').text) && root.has('name')) {
    if (root.get('taskmanagers').isList) return 'taskmanagers';
    const [first] = root.get('subtasks').items();
    if (first !== undefined && hasAll(first, 'subtask', 'timestamps')) return 'times';
    // Without subtasks: a vertex of which none was scheduled.
    return root.get('subtasks').isList && (first === undefined ? root.has('parallelism') : first.has('subtask')) ? 'subtasks' : null;
  }
  return hasAll(root, 'subtask', 'status', 'attempt', 'start-time') ? 'attempt' : null;
}

function row(item: Field, index: number): SubtaskRow {
  const status = item.get('status');
  const metrics = item.get('metrics');
  return {
    subtask: item.get('subtask').amount ?? index,
    status: status.words,
    attempt: item.get('attempt').amount,
    endpoint: item.get('endpoint', 'host').words,
    taskManager: item.get('taskmanager-id').words,
    start: item.get('start-time').time,
    end: item.get('end-time').time,
    duration: item.get('duration').amount,
    readBytes: metrics.get('read-bytes').amount,
    writeBytes: metrics.get('write-bytes').amount,
    readRecords: metrics.get('read-records').amount,
    writeRecords: metrics.get('write-records').amount,
    backPressuredMs: metrics.get('accumulated-backpressured-time').amount,
    idleMs: metrics.get('accumulated-idle-time').amount,
    busyMs: metrics.get('accumulated-busy-time').amount,
    statusMs: item.get('status-duration').amounts(),
    timestamps: item.get('timestamps').amounts(),
    span: item.span,
    statusSpan: status.span,
  };
}
