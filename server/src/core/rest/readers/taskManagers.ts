import type { Field } from '../fields.ts';
import type { MemoryUse, TaskManagerMetrics, TaskManagerRow } from '../model/cluster.ts';
import { base, hasAll, type RestReader } from './reader.ts';

const isTaskManager = (item: Field): boolean => hasAll(item, 'id', 'slotsNumber') || hasAll(item, 'id', 'path', 'dataPort');

export const taskManagers: RestReader<'taskmanagers'> = {
  type: 'taskmanagers',
  fits: (root) => {
    const [first] = root.get('taskmanagers').items();
    return (first !== undefined && isTaskManager(first)) || isTaskManager(root);
  },
  read(root, place) {
    const detail = isTaskManager(root);
    const rows = detail ? [taskManager(root)] : root.get('taskmanagers').items().filter(isTaskManager).map(taskManager);
    const subject = detail ? { ...place.subject, taskManager: rows[0]?.id ?? null } : place.subject;
    return { ...base('taskmanagers', { ...place, subject }), taskManagers: rows, detail };
  },
  samples: [
    '{"taskmanagers":[{"id":"localhost:46305-b0043c","path":"pekko.tcp://flink@localhost:46305/user/rpc/taskmanager_0","dataPort":44433,"jmxPort":-1,"timeSinceLastHeartbeat":1795955657999,"slotsNumber":4,"freeSlots":2}]}',
    '{"id":"10.0.0.1:41111-ab12cd","path":"akka.tcp://flink@10.0.0.1:41111/user/rpc/taskmanager_0","dataPort":40001,"slotsNumber":2,"freeSlots":0,"metrics":{"heapUsed":1,"heapCommitted":2,"heapMax":3,"garbageCollectors":[{"name":"G1_Young_Generation","count":3,"time":40}]},"allocatedSlots":[{"index":0,"jobId":"9e850de2cab54b40bb9bada9865ff609"}]}',
  ],
  nearMisses: ['{"taskmanagers":[{"host":"a","status":"RUNNING"}]}', '{"id":"a","path":"/x"}'],
};

function taskManager(item: Field): TaskManagerRow {
  const hardware = item.get('hardware');
  const id = item.get('id');
  const metrics = item.get('metrics');
  return {
    id: id.text ?? '',
    address: item.get('path').words,
    dataPort: item.get('dataPort').amount,
    lastHeartbeat: item.get('timeSinceLastHeartbeat').time,
    slots: item.get('slotsNumber').amount,
    freeSlots: item.get('freeSlots').amount,
    cpuCores: hardware.get('cpuCores').amount,
    physicalMemory: hardware.get('physicalMemory').amount,
    jvmHeap: hardware.get('freeMemory').amount,
    memory: item.get('memoryConfiguration').amounts(),
    blocked: item.get('blocked').flag === true,
    metrics: metrics.isObject ? metricsOf(metrics) : null,
    slotsOfJobs: item
      .get('allocatedSlots')
      .items()
      .flatMap((slot) => slot.get('jobId').text ?? []),
    span: item.span,
    idSpan: id.span,
  };
}

function metricsOf(metrics: Field): TaskManagerMetrics {
  const use = (name: string, max = 'Max', committed = 'Committed'): MemoryUse => {
    const used = metrics.get(`${name}Used`);
    return { used: used.amount, committed: metrics.get(`${name}${committed}`).amount, max: metrics.get(`${name}${max}`).amount, span: used.span };
  };
  return {
    heap: use('heap'),
    nonHeap: use('nonHeap'),
    direct: use('direct'),
    mapped: use('mapped'),
    networkSegments: {
      available: metrics.get('nettyShuffleMemorySegmentsAvailable', 'memorySegmentsAvailable').amount,
      total: metrics.get('nettyShuffleMemorySegmentsTotal', 'memorySegmentsTotal').amount,
    },
    collectors: metrics
      .get('garbageCollectors')
      .items()
      .map((one) => ({ name: one.get('name').text ?? '', count: one.get('count').amount ?? 0, time: one.get('time').amount ?? 0, span: one.span })),
    span: metrics.span,
  };
}
