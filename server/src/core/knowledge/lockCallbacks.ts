import { told } from './told.ts';

/**
 * Methods that call back into other objects or take locks of their own, so that calling them while a lock is held
 * has led to deadlocks or to threads held up in Flink. Each entry names the change in Flink's history that moved such
 * a call out of a lock.
 */
export interface LockCallback {
  /** Name of the method. */
  method: string;
  /** Numbers of arguments that the method takes. */
  arguments: readonly number[];
  /** Simple class names that the receiver may have; absent: any receiver, the name says enough. */
  receiverTypes?: readonly string[];
  /** Or a name of the receiver (its last part), where the type is not told by the file. */
  receiverName?: RegExp;
  /** Receivers of these classes only note the call and make it after the lock. */
  harmlessTypes?: readonly string[];
  /** Class that gives the receiver's type where the file does not tell it: full name. */
  receiverClass: string | null;
  /**
   * What the call may change: "pool" gives memory back, which wakes up others but is not read here;
   * "callback" may come back into the calling object, so what is read after it may depend on it.
   */
  effect: 'pool' | 'callback';
  /** The order of the calls of two threads matters, and the lock keeps it: moving the call needs a look. */
  ordered?: true;
  /** The method gives a value; a call of the others whose value is used is another method of the name. */
  returnsValue?: true;
  /** Checked exceptions that the method declares. */
  throws: readonly string[];
  severity: 'warning' | 'info';
  /** JIRA keys, the most telling first. */
  issues: readonly string[];
  /** Packages with implementations, where they are not those of the receiver's class and its callers. */
  implementedIn?: readonly string[];
  /** The method that it comes to through a library, so that the sources between do not show it. */
  leadsTo?: { type: string; method: string; count: number };
  /** What goes wrong; completes "x() is called while … is held: it …". */
  danger: string;
  /** The change in Flink that took the call out of a lock: commit, class, lock. */
  history: readonly string[];
  /** A statement (inside a synchronized block of a class with the fields given) that must be reported. */
  sample: string;
  /** One that must not. */
  nearMiss: string;
}

const NETWORK = 'org.apache.flink.runtime.io.network';

export const LOCK_CALLBACKS: readonly LockCallback[] = told([
  {
    method: 'recycleBuffer',
    arguments: [0],
    receiverClass: `${NETWORK}.buffer.Buffer`,
    leadsTo: { type: 'BufferRecycler', method: 'recycle', count: 1 },
    effect: 'pool',
    throws: [],
    severity: 'warning',
    issues: ['FLINK-22946', 'FLINK-18595', 'FLINK-25653', 'FLINK-16641', 'FLINK-17823', 'FLINK-31626'],
    danger: "gives the buffer back to its pool, which hands it to the next waiting channel or scheduler and needs that one's lock",
    history: [
      '903de19442ba (FLINK-22946): BufferManager.recycle, floating buffer recycled after bufferQueue is released',
      'b562070e025c (FLINK-25653): SortMergeSubpartitionReader.addBuffer and releaseInternal, reader lock',
      '985382020b1e (FLINK-16641): BufferManager.releaseFloatingBuffers, bufferQueue',
      '8c7c7267be95 (FLINK-17823): RemoteInputChannel.releaseAllResources, receivedBuffers',
      '8bfc905bf5e9: RecoveredInputChannel.onRecoveredStateBuffer, receivedBuffers',
      '0708b53488e5 (FLINK-31626): HsSubpartitionFileReaderImpl, reader lock',
    ],
    sample: 'buffer.recycleBuffer();',
    nearMiss: 'buffer.retainBuffer();',
  },
  {
    method: 'notifyBufferAvailable',
    arguments: [1],
    returnsValue: true,
    receiverClass: null,
    implementedIn: [`${NETWORK}.partition.consumer`],
    effect: 'callback',
    throws: ['IOException'],
    severity: 'warning',
    issues: ['FLINK-9676', 'FLINK-18595', 'FLINK-23466'],
    danger: 'calls a listener that takes the lock of its channel',
    history: [
      'a9b5579b397b (FLINK-9676): LocalBufferPool.recycle, listener polled under availableMemorySegments and called after it',
      'c137102eb05e (FLINK-18595): BufferManager.notifyBufferAvailable looks at isReleased before it takes bufferQueue',
    ],
    sample: 'listener.notifyBufferAvailable(buffer);',
    nearMiss: 'listener.notifyBufferAvailable();',
  },
  {
    method: 'notifyDataAvailable',
    arguments: [0, 1],
    harmlessTypes: ['GateNotificationHelper'],
    receiverClass: `${NETWORK}.partition.BufferAvailabilityListener`,
    implementedIn: [`${NETWORK}.partition.consumer`, `${NETWORK}.netty`],
    effect: 'callback',
    throws: [],
    severity: 'warning',
    issues: ['FLINK-10332', 'FLINK-19391', 'FLINK-19026'],
    danger: 'tells the reader that there is data, which takes the locks of the reading side',
    history: [
      'c15ba1cd5a97 (FLINK-10332): PipelinedSubpartition.add, flush and createReadView, buffers',
      '34656eae5c2c and c3fab5173c11 (FLINK-19026, FLINK-19391): LocalInputChannel and CreditBasedSequenceNumberingViewReader, requestLock',
    ],
    sample: 'readView.notifyDataAvailable();',
    nearMiss: 'helper.notifyDataAvailable();',
  },
  {
    method: 'notifyCreditAvailable',
    arguments: [0, 1],
    receiverClass: null,
    effect: 'callback',
    throws: ['IOException'],
    severity: 'warning',
    issues: ['FLINK-10141'],
    danger: 'announces credit through the client of the connection while other threads wait for the queue',
    history: ['6c7603724be6 (FLINK-10141): RemoteInputChannel.notifyBufferAvailable, bufferQueue'],
    sample: 'client.notifyCreditAvailable(this);',
    nearMiss: 'client.notifyCredit(this);',
  },
  {
    method: 'notifyChannelNonEmpty',
    arguments: [0, 1],
    receiverClass: null,
    effect: 'callback',
    throws: [],
    severity: 'warning',
    issues: ['FLINK-10141', 'FLINK-19391'],
    danger: 'enqueues the channel at its gate, which takes the lock of the gate',
    history: ['6c7603724be6 (FLINK-10141): RemoteInputChannel.onBuffer and onEmptyBuffer, receivedBuffers'],
    sample: 'inputGate.notifyChannelNonEmpty(channel);',
    nearMiss: 'inputGate.isChannelNonEmpty(channel);',
  },
  {
    method: 'notifyPriorityEvent',
    arguments: [1, 2],
    receiverClass: null,
    effect: 'callback',
    throws: [],
    severity: 'warning',
    issues: ['FLINK-19026', 'FLINK-19391'],
    danger: 'enqueues the channel at its gate, which takes the lock of the gate',
    history: ['34656eae5c2c (FLINK-19026): notifications of LocalInputChannel made after requestLock is released'],
    sample: 'channel.notifyPriorityEvent(sequenceNumber);',
    nearMiss: 'channel.notifyPriorityEvent();',
  },
  {
    method: 'releaseMemory',
    arguments: [1],
    receiverTypes: ['BufferPoolOwner'],
    receiverName: /^(?:\w*[oO]wner)$/,
    receiverClass: `${NETWORK}.buffer.BufferPoolOwner`,
    implementedIn: [`${NETWORK}.partition`],
    effect: 'callback',
    throws: ['IOException'],
    severity: 'warning',
    issues: ['FLINK-10491'],
    danger: 'asks the owner of the pool to spill, which takes the locks of its partitions',
    history: ['5953bb603b45 (FLINK-10491): LocalBufferPool.setNumBuffers, availableMemorySegments'],
    sample: 'owner.releaseMemory(1);',
    nearMiss: 'cache.releaseMemory(1);',
  },
  {
    method: 'recycle',
    arguments: [1],
    receiverTypes: ['BufferRecycler', 'SortMergeResultPartitionReadScheduler', 'LocalBufferPool', 'BufferManager'],
    receiverName: /^(?:\w*[rR]ecycler)$/,
    receiverClass: `${NETWORK}.buffer.BufferRecycler`,
    effect: 'pool',
    throws: [],
    severity: 'warning',
    issues: ['FLINK-25653', 'FLINK-22946'],
    danger: 'gives the memory back to a pool or scheduler that takes its own lock and wakes up others',
    history: ["b562070e025c (FLINK-25653): the recycler of SortMergeResultPartitionReadScheduler takes the scheduler's lock"],
    sample: 'recycler.recycle(segment);',
    nearMiss: 'bin.recycle(segment);',
  },
  {
    method: 'release',
    arguments: [0, 1],
    receiverTypes: ['SortMergeResultPartitionReadScheduler'],
    receiverName: /^(?:\w*[rR]eadScheduler)$/,
    receiverClass: `${NETWORK}.partition.SortMergeResultPartitionReadScheduler`,
    effect: 'callback',
    returnsValue: true,
    throws: [],
    severity: 'warning',
    issues: ['FLINK-28942'],
    danger: 'releases the readers, which need the lock of their partition',
    history: ['f2fb6b20ec49 (FLINK-28942): SortMergeResultPartition.releaseInternal, partition lock'],
    sample: 'readScheduler.release();',
    nearMiss: 'semaphore.release();',
  },
  {
    method: 'prepareForScheduling',
    arguments: [0],
    receiverClass: null,
    effect: 'callback',
    ordered: true,
    throws: [],
    severity: 'warning',
    issues: ['FLINK-28785'],
    danger: 'asks the reading view for its position, which takes the lock of the view',
    history: [
      'ed4937cbc0ee: DiskIOScheduler.sortScheduledReaders, scheduler lock',
      'b442394c65b1 (FLINK-28785): view lock against the lock of the memory data manager',
    ],
    sample: 'reader.prepareForScheduling();',
    nearMiss: 'reader.prepareForScheduling(1);',
  },
  {
    method: 'onGrantLeadership',
    arguments: [0, 1],
    receiverClass: null,
    effect: 'callback',
    ordered: true,
    throws: [],
    severity: 'warning',
    issues: ['FLINK-25847', 'FLINK-20008'],
    danger: 'calls a leader election listener that takes the lock of its service',
    history: ['0290715a57b8 (FLINK-25847): DefaultMultipleComponentLeaderElectionService calls its listeners from an executor of its own'],
    sample: 'handler.onGrantLeadership(session);',
    nearMiss: 'handler.onGrantLeadership(session, 1);',
  },
  {
    method: 'onRevokeLeadership',
    arguments: [0],
    receiverClass: null,
    effect: 'callback',
    ordered: true,
    throws: [],
    severity: 'warning',
    issues: ['FLINK-25847', 'FLINK-20008'],
    danger: 'calls a leader election listener that takes the lock of its service',
    history: ['0290715a57b8 (FLINK-25847): DefaultMultipleComponentLeaderElectionService calls its listeners from an executor of its own'],
    sample: 'handler.onRevokeLeadership();',
    nearMiss: 'handler.onRevokeLeadership(session);',
  },
  {
    method: 'grantLeadership',
    arguments: [1],
    receiverTypes: ['LeaderContender'],
    receiverName: /^(?:\w*[cC]ontender)$/,
    receiverClass: null,
    effect: 'callback',
    ordered: true,
    throws: [],
    severity: 'info',
    issues: ['FLINK-29234'],
    danger: 'calls the contender, which takes its own lock; the opposite order happens when the contender stops the service',
    history: ['d745f5b3f7a6 (FLINK-29234): JobMasterServiceLeadershipRunner leaves its lock before it stops the election service'],
    sample: 'contender.grantLeadership(session);',
    nearMiss: 'registry.grantLeadership(session);',
  },
  {
    method: 'revokeLeadership',
    arguments: [0],
    receiverTypes: ['LeaderContender'],
    receiverName: /^(?:\w*[cC]ontender)$/,
    receiverClass: null,
    effect: 'callback',
    ordered: true,
    throws: [],
    severity: 'info',
    issues: ['FLINK-29234'],
    danger: 'calls the contender, which takes its own lock; the opposite order happens when the contender stops the service',
    history: ['d745f5b3f7a6 (FLINK-29234): JobMasterServiceLeadershipRunner leaves its lock before it stops the election service'],
    sample: 'contender.revokeLeadership();',
    nearMiss: 'registry.revokeLeadership();',
  },
  {
    method: 'close',
    arguments: [0],
    receiverTypes: ['LeaderElectionDriver', 'LeaderRetrievalDriver', 'MultipleComponentLeaderElectionDriver'],
    receiverName: /^leader(?:Election|Retrieval)Driver$/,
    receiverClass: null,
    effect: 'callback',
    throws: ['Exception'],
    severity: 'warning',
    issues: ['FLINK-20008', 'FLINK-32311'],
    danger: 'closes the driver, which waits for its callbacks, and these need the lock of the service',
    history: [
      '6dc5a13abfb0 and 9d435f4506c8 (FLINK-20008): DefaultLeaderElectionService and DefaultLeaderRetrievalService close the driver after their lock',
      'fdfff096a3a5 (FLINK-32311): DefaultLeaderElectionService.close',
    ],
    sample: 'leaderElectionDriver.close();',
    nearMiss: 'reader.close();',
  },
]);

/** The danger of methods that the setting logjam.java.callbacks names. */
export const NAMED_IN_SETTINGS: string = told('is named in the settings as a method that calls back or takes locks');
