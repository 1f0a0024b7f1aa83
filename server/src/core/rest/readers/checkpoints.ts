import type { Field } from '../fields.ts';
import type { CheckpointRow, CheckpointStatus, CheckpointSubtask, CheckpointTask } from '../model/checkpoints.ts';
import { base, hasAll, isId, type RestReader, upper } from './reader.ts';

const STATUSES: readonly CheckpointStatus[] = ['IN_PROGRESS', 'COMPLETED', 'FAILED'];

export const checkpoints: RestReader<'checkpoints'> = {
  type: 'checkpoints',
  fits: (root) => root.get('counts').isObject && hasAll(root.get('counts'), 'completed', 'failed') && root.has('history'),
  read(root, place) {
    const counts = root.get('counts');
    const latest = root.get('latest');
    const restored = latest.get('restored');
    const rowAt = (field: Field): CheckpointRow | null => (field.isObject ? checkpointRow(field) : null);
    return {
      ...base('checkpoints', place),
      counts: {
        restored: counts.get('restored').amount,
        total: counts.get('total').amount,
        inProgress: counts.get('in_progress').amount,
        completed: counts.get('completed').amount,
        failed: counts.get('failed').amount,
      },
      latest: {
        completed: rowAt(latest.get('completed')),
        savepoint: rowAt(latest.get('savepoint')),
        failed: rowAt(latest.get('failed')),
        restored: restored.isObject
          ? {
              id: restored.get('id').amount ?? -1,
              time: restored.get('restore_timestamp').time,
              savepoint: restored.get('is_savepoint').flag === true,
            }
          : null,
      },
      history: root
        .get('history')
        .items()
        .filter((item) => item.isObject)
        .map(checkpointRow),
      countsSpan: counts.span,
    };
  },
  samples: [
    '{"counts":{"restored":0,"total":1,"in_progress":1,"completed":0,"failed":0},"summary":{},"latest":{"completed":null,"savepoint":null,"failed":null,"restored":null},"history":[{"@class":"in_progress","id":1,"status":"IN_PROGRESS","is_savepoint":false,"trigger_timestamp":1}]}',
    '{"counts":{"restored":0,"total":1,"in_progress":0,"completed":0,"failed":1},"summary":{},"latest":{},"history":[{"className":"failed","id":1,"status":"FAILED","failure_message":"Checkpoint expired before completing."}]}',
  ],
  nearMisses: ['{"counts":{"completed":1},"history":[]}', '{"history":[]}'],
};

function checkpointRow(item: Field): CheckpointRow {
  const status = item.get('status');
  return {
    id: item.get('id').amount ?? -1,
    status: upper(status.text, STATUSES),
    savepoint: item.get('is_savepoint').flag === true,
    checkpointType: item.get('checkpoint_type').words,
    triggered: item.get('trigger_timestamp').time,
    latestAck: item.get('latest_ack_timestamp').time,
    duration: item.get('end_to_end_duration').amount,
    stateSize: item.get('state_size').amount,
    checkpointedSize: item.get('checkpointed_size').amount,
    processedData: item.get('processed_data').amount,
    persistedData: item.get('persisted_data').amount,
    subtasks: item.get('num_subtasks').amount,
    acknowledged: item.get('num_acknowledged_subtasks').amount,
    failedAt: item.get('failure_timestamp').time,
    failure: item.get('failure_message').words,
    externalPath: item.get('external_path').words,
    span: item.span,
    statusSpan: status.span,
  };
}

const isCheckpoint = (root: Field): boolean => hasAll(root, 'id', 'status', 'num_subtasks') && upper(root.get('status').text, STATUSES) !== null;

export const checkpoint: RestReader<'checkpoint'> = {
  type: 'checkpoint',
  fits: (root) => isCheckpoint(root) && !root.get('subtasks').isList && root.has('trigger_timestamp'),
  read(root, place) {
    const row = checkpointRow(root);
    return {
      ...base('checkpoint', { ...place, subject: { ...place.subject, checkpoint: row.id } }),
      checkpoint: row,
      tasks: root
        .get('tasks')
        .entries()
        .flatMap(([id, task]) => (isId(id) && task.isObject ? [checkpointTask(id, task)] : [])),
    };
  },
  samples: [
    '{"className":"completed","id":2,"status":"COMPLETED","is_savepoint":false,"trigger_timestamp":1,"num_subtasks":6,"num_acknowledged_subtasks":6,"tasks":{"cbc357ccb763df2852fee8c4fc7d55f2":{"id":2,"status":"COMPLETED","num_subtasks":2,"num_acknowledged_subtasks":2}}}',
    '{"@class":"failed","id":7,"status":"FAILED","is_savepoint":false,"trigger_timestamp":1,"num_subtasks":6,"num_acknowledged_subtasks":5,"tasks":{}}',
  ],
  nearMisses: ['{"id":2,"status":"COMPLETED"}', '{"id":2,"status":"open","num_subtasks":3,"trigger_timestamp":1}'],
};

function checkpointTask(vertex: string, task: Field): CheckpointTask {
  return {
    vertex,
    status: upper(task.get('status').text, STATUSES),
    latestAck: task.get('latest_ack_timestamp').time,
    duration: task.get('end_to_end_duration').amount,
    stateSize: task.get('state_size').amount,
    subtasks: task.get('num_subtasks').amount,
    acknowledged: task.get('num_acknowledged_subtasks').amount,
    span: task.span,
  };
}

export const checkpointSubtasks: RestReader<'checkpoint-subtasks'> = {
  type: 'checkpoint-subtasks',
  fits: (root) => isCheckpoint(root) && root.get('subtasks').isList,
  read(root, place) {
    const id = root.get('id').amount ?? -1;
    return {
      ...base('checkpoint-subtasks', { ...place, subject: { ...place.subject, checkpoint: id } }),
      checkpoint: id,
      status: upper(root.get('status').text, STATUSES),
      latestAck: root.get('latest_ack_timestamp').time,
      duration: root.get('end_to_end_duration').amount,
      subtasks: root
        .get('subtasks')
        .items()
        .filter((item) => item.isObject)
        .map(subtaskOf),
      total: root.get('num_subtasks').amount,
      acknowledged: root.get('num_acknowledged_subtasks').amount,
    };
  },
  samples: [
    '{"id":2,"status":"COMPLETED","latest_ack_timestamp":5,"num_subtasks":2,"num_acknowledged_subtasks":2,"summary":{},"subtasks":[{"className":"completed","index":0,"ack_timestamp":5,"checkpoint":{"sync":0,"async":1},"alignment":{"duration":3},"start_delay":10,"status":"completed"}]}',
    '{"id":2,"status":"FAILED","latest_ack_timestamp":-1,"num_subtasks":1,"num_acknowledged_subtasks":0,"subtasks":[{"@class":"pending","index":0,"status":"pending_or_failed"}]}',
  ],
  nearMisses: ['{"id":2,"status":"done","num_subtasks":1,"subtasks":[]}'],
};

function subtaskOf(item: Field, index: number): CheckpointSubtask {
  const parts = item.get('checkpoint');
  const alignment = item.get('alignment');
  const status = item.get('status', 'className', '@class').text;
  return {
    subtask: item.get('index').amount ?? index,
    status: status === 'completed' ? 'completed' : 'pending',
    acknowledged: item.get('ack_timestamp').time,
    duration: item.get('end_to_end_duration').amount,
    startDelay: item.get('start_delay').amount,
    alignment: alignment.get('duration').amount,
    sync: parts.get('sync').amount,
    async: parts.get('async').amount,
    stateSize: item.get('state_size').amount,
    processed: alignment.get('processed').amount,
    persisted: alignment.get('persisted').amount,
    unaligned: item.get('unaligned_checkpoint').flag === true,
    aborted: item.get('aborted').flag === true,
    span: item.span,
  };
}

export const checkpointConfig: RestReader<'checkpoint-config'> = {
  type: 'checkpoint-config',
  fits: (root) =>
    hasAll(root, 'mode', 'interval', 'timeout') &&
    (root.has('min_pause') || root.has('max_concurrent')) &&
    /^(?:exactly|at_least)_once$/i.test(root.get('mode').text ?? ''),
  read(root, place) {
    const [interval, timeout] = [root.get('interval'), root.get('timeout')];
    return {
      ...base('checkpoint-config', place),
      mode: root.get('mode').text?.toLowerCase() === 'exactly_once' ? 'exactly_once' : 'at_least_once',
      interval: interval.amount,
      timeout: timeout.amount,
      minPause: root.get('min_pause').amount,
      maxConcurrent: root.get('max_concurrent').amount,
      tolerableFailures: root.get('tolerable_failed_checkpoints').amount,
      unaligned: root.get('unaligned_checkpoints').flag,
      alignedTimeout: root.get('aligned_checkpoint_timeout').amount,
      stateBackend: root.get('state_backend').words,
      storage: root.get('checkpoint_storage').words,
      externalized: root.get('externalization').get('enabled').flag,
      changelog: root.get('state_changelog_enabled').flag,
      intervalSpan: interval.span,
      timeoutSpan: timeout.span,
    };
  },
  samples: [
    '{"mode":"exactly_once","interval":1000,"timeout":8000,"min_pause":0,"max_concurrent":1,"externalization":{"enabled":false,"delete_on_cancellation":true},"unaligned_checkpoints":false}',
    '{"mode":"at_least_once","interval":9223372036854775807,"timeout":600000,"min_pause":0,"max_concurrent":1,"externalization":{"enabled":false}}',
  ],
  nearMisses: ['{"mode":"fast","interval":1,"timeout":2,"min_pause":0}', '{"mode":"exactly_once"}'],
};
