/**
 * Jobs that stand still for something that is no lock cycle (HiddenWaits.java, LockUpgrades.java, AsyncClients.java, StuckFetch.java,
 * StuckEnumerator.java, StuckPlugins.java). In each the truth is how the job was built: which thread waits where in user or connector code, and, where a
 * monitor has a part, who holds it and who wants it.
 */
import { sleep, until } from './lib/processes.ts';
import { type Scenario, type Settings, scenario } from './lib/scenario.ts';
import type { Stuck, Truth } from './lib/truth.ts';

const JOBS = 'org.example.jobs.Jobs';
const WAITS = 'org.example.jobs.HiddenWaits$';
const PLUGINS = 'org.example.jobs.StuckPlugins$';
const UPGRADES = 'org.example.jobs.LockUpgrades$';
const ASYNC = 'org.example.jobs.AsyncClients$';
const LIST_SHARDS = 'org.example.jobs.StuckEnumerator$Catalog.shards';

interface More {
  /** A monitor that has a part in it. */
  lockout?: { holder: string; lock: string; waiter: string };
  backpressured?: string[];
  /** What the logs tell beside it. */
  firstFailure?: NonNullable<Truth['firstFailure']>;
  chain?: NonNullable<Truth['chain']>;
  /** The process that waits; the TaskManager where it is not said. */
  stuckIn?: 'jobmanager';
  /** The TaskExecutor answers nobody: no task begins. */
  deaf?: boolean;
  /** The JobMaster answers nobody: not who submits the job, nor who asks about it. */
  mute?: boolean;
  /** Of the TaskManagers. */
  flags?: string[];
  /** More settings of Flink for plugins of our jar. */
  plugins?: Settings;
  dumps?: number;
  slots?: number;
}

/** `name`: of the job. */
function hidden(name: string, what: string, stuck: Stuck[], more: More = {}): Scenario {
  const { dumps = 1, flags, slots, plugins, mute = false, deaf = false, ...truth } = more;
  const process = truth.stuckIn ?? 'taskmanager';
  return scenario({
    what,
    program: mute ? null : [JOBS, name],
    cluster: {
      conf: { restart: 'none', ...plugins },
      plugins: plugins !== undefined,
      ...(flags && { taskManagerFlags: flags }),
      ...(slots && { slots }),
    },
    fails: mute || deaf,
    async drive(session) {
      const { cluster } = session;
      // Its answer comes after the time that this process lives, or never.
      if (mute) void cluster.submit(JOBS, [name]).catch(() => null);
      const frames = stuck.map(({ frame }) => `at ${frame}(`);
      const jstack = () => cluster.jstack(process === 'jobmanager' ? cluster.jobManager : cluster.taskManager());
      await until('the threads to stand still', async () => {
        const text = await jstack();
        return frames.every((frame) => text.includes(frame)) && text;
      });
      await sleep(2000);
      for (let number = 1; number <= dumps; number++) {
        if (number > 1) await sleep(5000);
        const which = process === 'jobmanager' ? 'JobManager' : 'TaskManager';
        session.file(`${process}-jstack-${dumps === 1 ? 'l' : number}.txt`, `jstack -l of the ${which}`, await jstack());
      }
      // One version with Flink's own dump too: all of both would be twice the size.
      if (session.atLeast(2, 0) && !deaf) await session.restThreadDump(process);
      if (!mute) await session.restDocuments();
      return {};
    },
    expected: () => ({ cause: 'hidden-wait', deadlocks: [], firstFailure: null, stuck, ...truth }),
  });
}

export const HIDDEN_WAITS: Record<string, Scenario> = {
  'stuck-sink': hidden(
    'stuck-sink',
    'Both subtasks of a sink wait for an answer that never comes; the tasks before them and a source of the old kind, which holds the checkpoint lock meanwhile, are back-pressured.',
    [{ thread: 'billing', frame: `${WAITS}NeverAnswers.accept`, waitsFor: 'latch' }],
    { backpressured: ['orders', 'explode'] },
  ),
  'waits-for-own-checkpoint': hidden(
    'waits-for-own-checkpoint',
    'A map function waits for the notification of a complete checkpoint, which only its own thread could deliver.',
    [{ thread: 'commit on checkpoint', frame: `${WAITS}CommitOnCheckpoint.map`, waitsFor: 'latch' }],
    { dumps: 2 },
  ),
  'silent-server': hidden(
    'silent-server',
    'A map function waits for the future of a client whose only thread reads from a server that does not answer.',
    [
      { thread: 'inventory lookup', frame: `${WAITS}InventoryLookup.map`, waitsFor: 'future' },
      { thread: 'inventory-client-io-1', frame: `${WAITS}InventoryLookup.read`, waitsFor: 'socket' },
    ],
  ),
  'callback-needs-monitor': hidden(
    'callback-needs-monitor',
    'A map function waits for its callback while it holds the monitor that the callback needs.',
    [{ thread: 'enrich', frame: `${WAITS}WaitsUnderMonitor.map`, waitsFor: 'latch' }],
    { lockout: { holder: 'enrich', lock: `${WAITS}WaitsUnderMonitor`, waiter: 'inventory-client-io-1' } },
  ),
  'stuck-fetch': hidden('stuck-fetch', 'Both split readers of a source wait in fetch for good: the source is stuck there, not idle.', [
    { thread: 'Source Data Fetcher', frame: 'org.example.jobs.StuckFetch$ShardReader.fetch', waitsFor: 'latch' },
  ]),
  'initialiser-uses-pool': hidden(
    'initialiser-uses-pool',
    'A static initialiser waits for a task of the common pool, and that task needs the class to be initialised.',
    [{ thread: 'price list', frame: `${WAITS}PriceList.<clinit>`, waitsFor: 'future' }],
    {
      flags: ['-XX:ActiveProcessorCount=4'],
      lockout: { holder: 'price list', lock: `${WAITS}PriceList`, waiter: 'ForkJoinPool.commonPool-worker-1' },
    },
  ),
  'nested-monitor': hidden(
    'nested-monitor',
    'The holder of a monitor waits inside of it on another one; whoever could notify it queues for the outer monitor.',
    [{ thread: 'take ticket', frame: `${WAITS}Tickets.await`, waitsFor: 'notify' }],
    { lockout: { holder: 'take ticket', lock: `${WAITS}Counter`, waiter: 'ticket-issuer' } },
  ),
  'join-under-monitor': hidden(
    'join-under-monitor',
    'A map function joins a thread while it holds the monitor that this thread needs to end.',
    [{ thread: 'reconnect', frame: `${WAITS}Reconnect.map`, waitsFor: 'thread' }],
    { lockout: { holder: 'reconnect', lock: 'java.lang.Class', waiter: 'orders-network-thread' } },
  ),
  'flush-under-monitor': hidden(
    'flush-under-monitor',
    'A bulk writer waits under its monitor for a confirmation that stands in the queue of the only scheduler thread, which is flushing and wants the monitor.',
    [{ thread: 'bulk writer', frame: `${WAITS}BulkWriter.map`, waitsFor: 'latch' }],
    { lockout: { holder: 'bulk writer', lock: `${WAITS}BulkWriter`, waiter: 'bulk-scheduler-1' } },
  ),
  'pool-of-one': hidden('pool-of-one', 'The only worker of a pool waits for a task that stands behind it in the queue of the same pool.', [
    { thread: 'geo lookup', frame: `${WAITS}GeoLookup.map`, waitsFor: 'future' },
    { thread: 'geo-worker-1', frame: `${WAITS}GeoLookup.region`, waitsFor: 'future' },
  ]),
  'empty-connection-pool': hidden('empty-connection-pool', 'Four subtasks wait for a connection of a pool to which nobody gives any back.', [
    { thread: 'customer lookup', frame: `${WAITS}BorrowsConnection.map`, waitsFor: 'queue' },
  ]),
  'lock-upgrade': hidden('lock-upgrade', 'A map function asks for the write lock while it holds the read lock of the same ReentrantReadWriteLock.', [
    { thread: 'cached rates', frame: `${WAITS}UpgradesReadLock.refresh`, waitsFor: 'write lock' },
  ]),
  'executor-never-ends': hidden(
    'executor-never-ends',
    'A map function waits under its monitor for the end of a pool whose last task needs the monitor.',
    [{ thread: 'drain on rollover', frame: `${WAITS}DrainsUnderMonitor.map`, waitsFor: 'executor' }],
    { lockout: { holder: 'drain on rollover', lock: `${WAITS}DrainsUnderMonitor`, waiter: 'rollover-writer' } },
  ),
  'pool-of-two': hidden('pool-of-two', 'Both workers of a pool wait for tasks that stand behind them in the queue of the same pool.', [
    { thread: 'tax lookup', frame: `${WAITS}TaxLookup.map`, waitsFor: 'future' },
    { thread: 'tax-worker-1', frame: `${WAITS}TaxLookup.rate`, waitsFor: 'future' },
    { thread: 'tax-worker-2', frame: `${WAITS}TaxLookup.rate`, waitsFor: 'future' },
  ]),
  'full-buffer': hidden(
    'full-buffer',
    'A map function waits for room in a full buffer, and the thread that is to empty it has ended with an error.',
    [{ thread: 'audit', frame: `${WAITS}AuditBuffer.append`, waitsFor: 'condition' }],
    // Of the thread that ended.
    {
      firstFailure: { exception: 'java.lang.IllegalStateException', task: null, subtask: null },
      chain: ['java.lang.IllegalStateException'],
    },
  ),
  'stamped-upgrade': hidden('stamped-upgrade', 'A map function asks for the write lock of a StampedLock while it holds its read lock.', [
    { thread: 'cached prices', frame: `${UPGRADES}UpgradesStamp.refresh`, waitsFor: 'write lock' },
  ]),
  'stamped-upgrade-beside-task': hidden(
    'stamped-upgrade-beside-task',
    'A thread beside the task asks in one method for the read lock and then the write lock of a StampedLock; the task waits for what it was to bring.',
    [
      { thread: 'price orders', frame: `${UPGRADES}UsesPrices.map`, waitsFor: 'latch' },
      { thread: 'price-updater', frame: `${UPGRADES}Prices.update`, waitsFor: 'write lock' },
    ],
  ),
  'lock-upgrade-beside-task': hidden(
    'lock-upgrade-beside-task',
    'A thread beside the task asks for the write lock of a ReentrantReadWriteLock while it holds its read lock; the task waits behind it for the read lock.',
    [{ thread: 'rates-refresher', frame: `${UPGRADES}Rates.load`, waitsFor: 'write lock' }],
  ),
  'lock-upgrade-in-one-method': hidden(
    'lock-upgrade-in-one-method',
    'A map function asks in one method for the read lock and then for the write lock of a ReentrantReadWriteLock.',
    [{ thread: 'cached limits', frame: `${UPGRADES}CachesLimits.map`, waitsFor: 'write lock' }],
  ),
  'stuck-taskexecutor': hidden(
    'stuck-taskexecutor',
    'A reporter of metrics waits for its server as it is told of the metrics of a task, on the main thread of the TaskExecutor: no task begins.',
    [{ thread: 'flink-pekko.actor.default-dispatcher', frame: `${PLUGINS}AsksServer.register`, waitsFor: 'latch' }],
    {
      deaf: true,
      plugins: {
        'heartbeat.timeout': 120_000,
        'metrics.reporters': 'asks',
        'metrics.reporter.asks.factory.class': `${PLUGINS}AsksServerFactory`,
      },
    },
  ),
  'checkpoint-file-hangs': hidden(
    'checkpoint-file-hangs',
    'The asynchronous part of a checkpoint waits in the file system to which it writes state: records flow, and no checkpoint completes.',
    [{ thread: 'AsyncOperations-thread-1', frame: 'org.example.jobs.Vault$VaultStream.upload', waitsFor: 'latch' }],
    { plugins: { 'state.checkpoints.dir': 'vault:///tmp/checkpoints' } },
  ),
  'callback-waits-for-client': hidden(
    'callback-waits-for-client',
    'The callback of an asynchronous client waits for a second answer on the only thread that could bring it; the task has all of its requests open.',
    [{ thread: 'customer-client-io-1', frame: `${ASYNC}AsksAgainInCallback.details`, waitsFor: 'future' }],
  ),
  'async-pool-empty': hidden(
    'async-pool-empty',
    'The four threads behind an asynchronous function wait for a connection that nobody gives back; the task has all of its requests open.',
    [{ thread: 'account-lookup', frame: `${ASYNC}Connections.next`, waitsFor: 'queue' }],
  ),
  'stuck-enumerator': hidden(
    'stuck-enumerator',
    'The split enumerator of a source waits in the JobManager for the list of its splits: all tasks run and none has anything to read.',
    [{ thread: 'SourceCoordinator-Source: shards', frame: LIST_SHARDS, waitsFor: 'future' }],
    { stuckIn: 'jobmanager' },
  ),
  'stuck-discovery': hidden(
    'stuck-discovery',
    'The worker of a split enumerator waits for the list of its splits, asked for by callAsync: its coordinator goes on, and no reader gets a split.',
    [{ thread: 'SourceCoordinator-Source: shards-worker-thread-1', frame: LIST_SHARDS, waitsFor: 'future' }],
    { stuckIn: 'jobmanager' },
  ),
  'source-keeps-checkpoint-lock': hidden(
    'source-keeps-checkpoint-lock',
    'A source of the old kind waits for its broker while it holds the checkpoint lock, which its task thread needs for checkpoints.',
    [{ thread: 'Legacy Source Thread - Source: orders', frame: `${WAITS}WaitsForBroker.accept`, waitsFor: 'latch' }],
    { lockout: { holder: 'Legacy Source Thread - Source: orders', lock: 'java.lang.Object', waiter: 'Source: orders' } },
  ),
  'stuck-jobmaster': hidden(
    'stuck-jobmaster',
    'The split enumerator of a source waits as it is created, on the main thread of the JobMaster: nothing is scheduled and no request about the job is answered.',
    [{ thread: 'flink-pekko.actor.default-dispatcher', frame: LIST_SHARDS, waitsFor: 'future' }],
    { stuckIn: 'jobmanager', mute: true },
  ),
};
