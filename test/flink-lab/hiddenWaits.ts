/**
 * Jobs that stand still for something that is no lock cycle (HiddenWaits.java, StuckFetch.java). In each the truth is how the job was
 * built: which thread waits where in user or connector code, and, where a monitor has a part, who holds it and who wants it.
 */
import { sleep, until } from './lib/processes.ts';
import { type Scenario, scenario } from './lib/scenario.ts';

const JOBS = 'org.example.jobs.Jobs';
const WAITS = 'org.example.jobs.HiddenWaits$';

/** A thread that waits, by its name as in jstack. */
interface Stuck {
  thread: string;
  /** The topmost one of user code. */
  frame: string;
  waitsFor: string;
}

interface More {
  /** A monitor that has a part in it. */
  lockout?: { holder: string; lock: string; waiter: string };
  backpressured?: string[];
  /** Of the TaskManagers. */
  flags?: string[];
  dumps?: number;
  slots?: number;
}

/** `name`: of the job. */
function hidden(name: string, what: string, stuck: Stuck[], more: More = {}): Scenario {
  const { dumps = 1, flags, slots, ...truth } = more;
  return scenario({
    what,
    program: [JOBS, name],
    cluster: { conf: { restart: 'none' }, ...(flags && { taskManagerFlags: flags }), ...(slots && { slots }) },
    async drive(session) {
      const { cluster } = session;
      const frames = stuck.map(({ frame }) => `at ${frame}(`);
      await until('the tasks to stand still', async () => {
        const text = await cluster.jstack(cluster.taskManager());
        return frames.every((frame) => text.includes(frame)) && text;
      });
      await sleep(2000);
      for (let number = 1; number <= dumps; number++) {
        if (number > 1) await sleep(5000);
        const text = await cluster.jstack(cluster.taskManager());
        session.file(dumps === 1 ? 'taskmanager-jstack-l.txt' : `taskmanager-jstack-${number}.txt`, 'jstack -l of the TaskManager', text);
      }
      // One version with Flink's own dump too: all of both would be twice the size.
      if (session.atLeast(2, 0)) await session.restThreadDump('taskmanager');
      await session.restDocuments();
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
};
