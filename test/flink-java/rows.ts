/** Places in Flink where a callback left a lock: the last version with it and the first without. */
export interface Row {
  issue: string;
  /** Path below org/apache/flink/runtime. */
  file: string;
  callback: string;
  /** Method of the callback; null: the whole file is silent afterwards. */
  method: string | null;
  before: string;
  after: string;
}

const PARTITION = 'io/network/partition';

export const ROWS: readonly Row[] = [
  {
    issue: 'FLINK-22946',
    file: `${PARTITION}/consumer/BufferManager.java`,
    callback: 'recycleBuffer',
    method: 'addExclusiveBuffer',
    before: '2.12:1.13.1',
    after: '2.12:1.13.2',
  },
  {
    issue: 'FLINK-9676',
    file: 'io/network/buffer/LocalBufferPool.java',
    callback: 'notifyBufferAvailable',
    method: 'recycle',
    before: '2.11:1.5.0',
    after: '2.11:1.5.1',
  },
  {
    issue: 'FLINK-10141',
    file: `${PARTITION}/consumer/RemoteInputChannel.java`,
    callback: 'notifyChannelNonEmpty',
    method: 'onBuffer',
    before: '2.11:1.6.0',
    after: '2.11:1.6.1',
  },
  {
    issue: 'FLINK-10141',
    file: `${PARTITION}/consumer/RemoteInputChannel.java`,
    callback: 'notifyCreditAvailable',
    method: 'notifyCreditAvailable',
    before: '2.11:1.6.0',
    after: '2.11:1.6.1',
  },
  {
    issue: 'FLINK-10332',
    file: `${PARTITION}/PipelinedSubpartition.java`,
    callback: 'notifyDataAvailable',
    method: 'notifyDataAvailable',
    before: '2.11:1.6.1',
    after: '2.11:1.6.2',
  },
  {
    issue: 'FLINK-10491',
    file: 'io/network/buffer/LocalBufferPool.java',
    callback: 'releaseMemory',
    method: 'setNumBuffers',
    before: '2.11:1.6.2',
    after: '2.11:1.6.3',
  },
  {
    issue: 'FLINK-16641',
    file: `${PARTITION}/consumer/BufferManager.java`,
    callback: 'recycleBuffer',
    method: 'releaseFloatingBuffers',
    before: '2.12:1.13.2',
    after: ':1.14.3',
  },
  {
    issue: 'FLINK-17823',
    file: `${PARTITION}/consumer/RemoteInputChannel.java`,
    callback: 'recycleBuffer',
    method: null,
    before: '2.11:1.10.1',
    after: '2.11:1.11.1',
  },
  {
    issue: 'FLINK-25653',
    file: `${PARTITION}/SortMergeSubpartitionReader.java`,
    callback: 'recycleBuffer',
    method: null,
    before: ':1.14.3',
    after: ':1.14.4',
  },
  {
    issue: 'FLINK-28942',
    file: `${PARTITION}/SortMergeResultPartition.java`,
    callback: 'release',
    method: null,
    before: ':1.14.3',
    after: ':1.16.0',
  },
];
