/** What is said of waits for something that is no lock: futures, executors, pools, connections. */
import { table } from '../../../../../common/table.ts';
import { bare, fitting, list, placeCut, plural, quoted, quotedThread, type Saying, threadCut } from '../../wording.ts';
import type { ConnectionFacts, DumpFacts, EnderFacts, HiddenWaitFacts, LockoutFacts } from './facts.ts';
import { ENDER, lockLabel, shortName, subtasksWait, timeout, WAITS_FOR } from './words.en.ts';

export const SECOND_DUMP = 'A second dump some seconds later with the same threads at the same place.';

export const names = (threads: readonly string[], most = 5): string =>
  list(
    threads.map((name) => quotedThread(name)),
    most,
  );

const INITIALISER = '.<clinit>';

const ENUMERATOR: ReadonlySet<string> = new Set(['source-coordinator', 'source-enum-worker']);

/** Of a whole endpoint, source or TaskManager. */
const NO_SUBTASK: ReadonlySet<string> = new Set([...ENUMERATOR, 'rpc', 'async-checkpoint']);

const JOB_MASTER_WAITS = 'It does everything of the job: nothing is scheduled, no checkpoint begins and no call about the job is answered meanwhile.';

/** What stands still with a thread that is no subtask's own, by its role. */
const MEANWHILE = table<string>({
  rpc: 'It is a main thread: no call to its JobManager or TaskManager is answered meanwhile, heartbeats among them.',
  'source-coordinator': 'It hands out the splits of its source: no reader gets one meanwhile, and no checkpoint of the source is taken.',
  'source-enum-worker': 'It looks for splits of its source (callAsync): none that it would find is handed out meanwhile.',
  'async-checkpoint': 'The checkpoint does not complete before that; records are processed meanwhile.',
  'split-fetcher': 'Its task thread looks idle, but no record of its splits can come.',
});

const IN_PHASE: Record<HiddenWaitFacts['phase'], string> = {
  initialising: 'It has not begun to run (INITIALIZING): no record is read and no checkpoint can be taken until then.',
  closing: 'The subtask cannot end before that.',
  running: 'No record, timer or checkpoint of the subtask is handled meanwhile; if one of them is to end the wait, it never ends.',
};

const ofPool = (threads: number): string => (threads === 1 ? 'its only thread' : threads === 2 ? 'both threads' : `all ${threads} threads`);

const mayEnd = ({ threads }: EnderFacts): string => `Perhaps ${threads === 1 ? 'it' : 'one of them'} is to end the wait`;

const poolDetail = (pool: ConnectionFacts | null): string => {
  if (pool === null) return 'The pool of connections has none left: whoever has taken one does not give it back, or it is too small.';
  const { pool: name, use, thread, threads, at } = pool;
  const who = `${quotedThread(thread)}${threads > 1 ? ` and ${threads - 1} more` : ''}`;
  switch (use) {
    case 'nobody':
      return `The pool (${name}) has none left, yet no thread of the dump is in a call through one: they were taken and probably never given back.`;
    case 'others':
      return `The pool (${name}) has none left: ${who} ${threads > 1 ? 'are in calls through connections' : 'is in a call through one'}, in ${at}, and may hold them.`;
    case 'opening':
      return `${who} ${threads > 1 ? 'are' : 'is'} about to open a connection for the pool (${name}), in ${at}: perhaps the other side cannot be reached.`;
    default:
      return `The pool (${name}) has none left: whoever has taken one does not give it back, or it is too small.`;
  }
};

const poolAdvice = (pool: ConnectionFacts | null): string => {
  if (pool?.use === 'opening') return 'Look at whether the database or service can be reached from here, and at the timeout for connecting.';
  if (pool?.use === 'others')
    return 'Look at what takes these calls so long; a pool needs a connection for each thread that works with one at the same time.';
  const options = pool === null || pool.options.length === 0 ? '' : ` Set ${list(pool.options)} of ${pool.pool}, which logs who keeps one.`;
  return `Close every connection on all paths (try-with-resources), and take no second one while the first is held.${options}`;
};

const permitAdvice = (permits: HiddenWaitFacts['permits']): string =>
  permits === null
    ? 'Find who is to release a permit: release() belongs into finally, and into the callbacks for failures and timeouts. Give the wait a timeout (tryAcquire).'
    : permits.held
      ? 'Look at what takes those so long who may have a permit, and whether each is released in finally; more permits help only where they can work at once.'
      : 'Look for permits that are not given back: release() belongs into finally, and into the callbacks for failures and timeouts. If none is lost, there are too few.';

const poolMissing = (pool: ConnectionFacts | null): string[] =>
  pool?.use === 'nobody' ? ['Whether somebody keeps one while it does something else, as one who waits here for its second: no dump shows it.'] : [];

export const taskWaits: Saying<HiddenWaitFacts> = {
  message: ({ task, at, from, role, endpoint, code, for: what, outside, pool, permits }, room) => {
    const fetches = role === 'split-fetcher';
    const who = (name: string): string =>
      ENUMERATOR.has(role)
        ? `The enumerator of "${name}"`
        : role === 'async-checkpoint'
          ? 'The upload of a checkpoint'
          : endpoint === null
            ? `"${name}"`
            : `The main thread of the ${endpoint}`;
    if (outside !== null)
      return fitting([threadCut(task), placeCut(bare(outside))], (name, call) => `${who(name)} waits for ${call}, which waits for the network`, room);
    if (what === 'connection' && pool?.use !== 'opening') {
      const place = placeCut(bare(from ?? at));
      return fitting([threadCut(task), place], (name, asker) => `Connection pool exhausted: ${who(name)} waits in ${asker}`, room);
    }
    if (permits?.held === false)
      return fitting([threadCut(task), placeCut(bare(at))], (name, place) => `Permits used up, no holder seen: ${who(name)} waits in ${place}`, room);
    const whole = (name: string, place: string, asker: string): string => {
      const called = from === null ? '' : `, called from ${asker}`;
      if (fetches) return `"${name}" is stuck in fetch, waiting ${WAITS_FOR[what]} in ${place}${called}`;
      return `${who(name)} waits ${WAITS_FOR[what]} in ${from === null ? `${code} code, ` : ''}${place}${called}`;
    };
    const brief = (name: string, place: string, asker: string): string => {
      const where = from === null ? place : asker;
      return fetches ? `"${name}" is stuck in ${where}, waiting ${WAITS_FOR[what]}` : `${who(name)} waits ${WAITS_FOR[what]} in ${where}`;
    };
    return fitting([threadCut(task), placeCut(bare(at)), placeCut(bare(from ?? ''))], [whole, brief], room);
  },
  details: ({ role, endpoint, phase, threads, parallelism, timed, at, for: what, pool, permits }) => [
    ...(parallelism === 1 || NO_SUBTASK.has(role) ? [] : [subtasksWait(threads, parallelism)]),
    ...(permits === null
      ? []
      : [
          `${permits.waiters} threads wait for one and the same semaphore${permits.others.length === 0 ? '' : `, ${names(permits.others)} among them`}.`,
        ]),
    ...(timed ? ['The wait has a timeout.'] : []),
    ...(what === 'connection' ? [poolDetail(pool)] : []),
    endpoint === 'JobMaster' ? JOB_MASTER_WAITS : (MEANWHILE[role] ?? IN_PHASE[phase]),
    ...(at.includes(INITIALISER) ? ['It runs a static initialiser: every thread that needs this class waits for it, those of pools too.'] : []),
  ],
  advice: ({ role, outside, for: what, pool, permits }) => [
    role === 'async-checkpoint'
      ? 'Look at the storage of the checkpoints and the timeouts of its client: the state is written there.'
      : what === 'connection'
        ? poolAdvice(pool)
        : outside !== null
          ? 'Look at the other side of the connection. Give the call timeouts to connect and to read, and the wait one too, or use asynchronous I/O.'
          : what === 'permit'
            ? permitAdvice(permits)
            : what === 'http'
              ? 'Look at the server. Give the request a timeout (HttpRequest.Builder.timeout) and the client one to connect: by default neither has any.'
              : 'Give the wait a timeout, use asynchronous I/O for requests, and never wait in an operator for what its own thread has to do.',
  ],
  evidence: ({ task, thread, at, from, for: what, code, enders, role, permits }) => [
    `It waits ${WAITS_FOR[what]} in ${at}, which is ${code === 'user' ? 'user' : 'connector or library'} code: Flink itself does not wait there.`,
    ...(from === null ? [] : [`It is called from ${from}.`]),
    ...(NO_SUBTASK.has(role) && (task !== thread || role === 'async-checkpoint') ? [`The thread is ${quotedThread(thread)}.`] : []),
    ...(role === 'split-fetcher' ? ['The wait is inside SplitReader.fetch, not at the queue to the task thread.'] : []),
    ...(permits?.held === false ? ['No other thread of the dump is at work in the packages of those that wait.'] : []),
    ...enders.map((one) => `${permits === null ? mayEnd(one) : 'Perhaps with a permit'}: ${ENDER[one.does](one)}.`),
  ],
  missing: ({ for: what, timed, role, enders, outside, pool, permits }) => [
    `A second dump some seconds later with the thread at the same place${timed ? ': the wait has a timeout' : ''}.`,
    ...(permits === null && outside !== null && enders.some((one) => one.for === 'permit') ? ['Who has the permits: no dump shows it.'] : []),
    ...(permits === null ? [] : ['Who has the permits: no dump shows it, and requests of an asynchronous client have some without a thread.']),
    ...(what === 'sleep' || what === 'connection' || what === 'http' || permits !== null
      ? []
      : ['Who is to end the wait: no dump shows who completes a future, opens a latch or fills a queue.']),
    ...poolMissing(pool),
    ...(role === 'source-enum-worker' ? ['Whether it waits for long: it looks for splits again and again.'] : []),
    ...(role === 'split-fetcher' ? ['Whether the connector waits for new records in this way, and there are none.'] : []),
  ],
};

export const holderWaits: Saying<LockoutFacts> = {
  message: ({ holder, lock, for: what }, room) =>
    fitting(
      [threadCut(holder), lockLabel(lock)],
      (name, object) => `"${name}" ${lock.kind === 'class-init' ? 'initialises' : 'holds'} ${object} and waits ${WAITS_FOR[what]}`,
      room,
    ),
  details: ({ waiters, others }) => [
    `If ${waiters > 1 ? 'one of the threads that want it' : 'the thread that wants it'} is to end that wait, none of them ever goes on.`,
    ...(others > 0 ? [`The same in ${plural(others, 'more thread')}.`] : []),
  ],
  advice: ({ lock }) => [
    lock.kind === 'class-init'
      ? 'Use no pool and wait for no other thread in a static initialiser.'
      : 'Release the lock before the wait, or let the other side do without it.',
  ],
  evidence: ({ holder, lock, at, for: what, timed, waiter, waiters, total }) => [
    `${quotedThread(holder)} ${lock.kind === 'class-init' ? 'is running the initialiser of' : 'holds'} ${shortName(lock)} and waits ${WAITS_FOR[what]} in ${at}${timeout(timed)}.`,
    `${quotedThread(waiter)}${waiters > 1 ? ` and ${plural(waiters - 1, 'other thread')}` : ''} cannot go on before that${total > waiters ? `, ${total} in all` : ''}.`,
  ],
  missing: ({ timed }) => [
    `A second dump some seconds later with both threads at the same place${timed ? ': the wait has a timeout' : ''}.`,
    'Who is to end the wait of the holder: no dump shows who completes a future, opens a latch or sends a signal.',
  ],
};

export const cancelled: Saying<DumpFacts['task-is-being-cancelled']> = {
  message: ({ thread, interrupted, for: what }, room) =>
    fitting(
      [threadCut(thread)],
      (name) =>
        `"${name}" is being cancelled and ${what === null ? `does not end${interrupted ? ', although interrupted' : ''}` : `waits ${WAITS_FOR[what]}`}`,
      room,
    ),
  details: ({ at, interrupted, for: what }) => [
    `It stands at ${at ?? 'a place that the dump does not show'}${what !== null && interrupted ? ', although interrupted' : ''}.`,
    'After task.cancellation.timeout (180 s) Flink ends the whole TaskManager.',
  ],
  advice: ({ for: what }) => [
    what === 'executor'
      ? 'Stop the executor with shutdownNow() and wait for its end only some seconds; give its calls timeouts: no interrupt ends a read from a socket.'
      : 'Let the code at this place end on InterruptedException and on cancel().',
  ],
  evidence: ({ helpers, for: what, enders }) => [
    `${names(helpers)} ${helpers.length === 1 ? 'is' : 'are'} there to cancel it.`,
    ...enders.map((one) => `${what === 'executor' ? 'Perhaps of this executor' : mayEnd(one)}: ${ENDER[one.does](one)}.`),
  ],
  missing: () => ['A second dump some seconds later, or the log: "did not react to cancelling signal" after task.cancellation.interval (30 s).'],
};

export const poolWaits: Saying<DumpFacts['pool-may-wait-for-itself']> = {
  message: ({ pool, at, threads, callback, starved, places }, room) =>
    fitting(
      [pool, placeCut(bare(at))],
      (name, place) =>
        callback
          ? `"${name}" waits in a callback for another result, in ${place}`
          : starved.length > 0
            ? `Pool "${name}" waits for itself: ${ofPool(threads)} ${threads === 1 ? 'waits' : 'wait'} ${places > 1 ? 'for results' : `in ${place}`}`
            : threads === 1
              ? `"${name}", alone in its pool, waits for a result in ${place}`
              : `${threads === 2 ? 'Both' : `All ${threads}`} threads of pool "${name}" wait for a result in ${place}`,
      room,
    ),
  details: ({ callback, starved }) => [
    ...starved.map(
      ({ task, at, threads, parallelism }) =>
        `${quotedThread(task)} waits for it in ${at}${parallelism === null || parallelism === 1 ? '' : `: ${threads} of ${parallelism} subtasks`}.`,
    ),
    callback
      ? 'If the result is to come from the same client, it never will: the thread that would bring it waits here.'
      : starved.length > 0
        ? 'What its threads wait for would have to run in the same pool, and no thread is left for it.'
        : 'If the result is to come from this pool, it never will: no thread is left for it.',
    ...(starved.length > 0 ? ['No record, timer or checkpoint of who waits for it is handled meanwhile.'] : []),
  ],
  advice: ({ callback, starved }) => [
    callback
      ? 'Chain the second request (thenCompose) instead of waiting for it, or run the callback on another executor (thenAcceptAsync).'
      : starved.length > 0
        ? 'Do not wait inside the pool for work of the pool: chain it (thenCompose, thenCombine) or give it a second pool. More threads only put it off.'
        : 'Find where the future comes from. If it is of the same executor, use another one for it, or do not wait for it.',
  ],
  evidence: ({ threads, at, callback, starved, places }) => [
    callback
      ? `${threads === 1 ? 'The thread has' : `Each of the ${threads} threads has`} completed a future, and waits in what that calls, at ${at}.`
      : threads === 1
        ? `The only thread by this name runs a task of its executor and waits inside it, at ${at}.`
        : `Each of the threads runs a task of the pool and waits inside it, at ${at}${places > 1 ? ` or ${places === 2 ? 'another place' : `${places - 1} other places`}` : ''}.`,
    ...(starved.length > 0 ? ['No other thread of the dump does such work, and none brings the answers of an asynchronous client.'] : []),
  ],
  missing: ({ callback, starved }) => [
    callback
      ? 'Which thread is to complete what it waits for.'
      : starved.length > 0
        ? 'Which executor is to complete what they wait for: no dump shows it. An asynchronous client that has not answered would look the same.'
        : 'Which executor is to complete what they wait for.',
    ...(starved.length > 0 ? [SECOND_DUMP] : []),
  ],
};

export const poolExhausted: Saying<DumpFacts['resource-pool-exhausted']> = {
  message: ({ threads, at, pool }, room) =>
    fitting(
      [placeCut(bare(at))],
      (place) =>
        pool === null
          ? `${threads} threads wait to take something from a pool in ${place}`
          : pool.use === 'opening'
            ? `${threads} threads wait for a connection in ${place}`
            : `Connection pool exhausted: ${threads} threads wait in ${place}`,
      room,
    ),
  details: ({ first, pool }) => [
    `${quotedThread(first)} is the first.`,
    pool === null
      ? 'If it is a pool of connections or the like, it is empty: whoever has taken from it does not give back, or it is too small.'
      : poolDetail(pool),
  ],
  advice: ({ pool }) => [
    pool === null ? 'Look for a missing close(), and for code that takes a second one while it holds the first.' : poolAdvice(pool),
  ],
  evidence: ({ threads, at }) => [`${threads} threads wait in ${at}, in the middle of other work.`],
  missing: ({ pool }) => [
    ...(pool === null ? ['Whether the queue is one of work to be done: then these threads are idle.'] : poolMissing(pool)),
    SECOND_DUMP,
  ],
};

export const queueFull: Saying<DumpFacts['async-queue-full']> = {
  message: ({ task, at, queue }, room) =>
    fitting(
      [threadCut(task), placeCut(bare(at))],
      (name, place) =>
        queue === 'operator'
          ? `Queue of "${name}" is full: its requests wait for the network in ${place}`
          : `"${name}" waits for its ${queue === 'ending' ? 'last ' : ''}requests, which wait for the network in ${place}`,
      room,
    ),
  details: ({ threads, parallelism, queue, pressed }) => [
    ...(parallelism === 1 ? [] : [subtasksWait(threads, parallelism)]),
    queue === 'ending'
      ? 'The subtask cannot end before the last of its requests has.'
      : 'As many requests are under way as may be: no record is taken before one of them ends.',
    ...(pressed.length === 0 ? [] : [`Back-pressured meanwhile: ${list(pressed.map((name) => quoted(name)))}.`]),
  ],
  advice: ({ queue }) => [
    queue === 'sink'
      ? 'Look at the other side: its latency and its limits. Give the client timeouts to connect and to read; more requests help only where it can take more.'
      : 'Look at the other side. Give the client timeouts to connect and to read, and the operator a longer one; raise capacity and the threads of the client only where it can take more.',
  ],
  evidence: ({ requests, asked }) => [
    `${ENDER[requests.does](requests)}.`,
    asked ? 'Such threads carry what asyncInvoke or the like has handed on.' : 'No other thread of the dump works for an executor in user code.',
  ],
  missing: () => [SECOND_DUMP, 'Whether these requests are those of this operator: no dump shows who completes a ResultFuture.'],
};
