import { table } from '../../../../../common/table.ts';
import { bare, fitting, listInChinese, placeCut, quoted, quotedThread, threadCut } from '../../wording.ts';
import type { ConnectionFacts, EnderFacts, HiddenWaitFacts } from './facts.ts';
import type * as english from './waitWords.en.ts';
import { ENDER, lockLabel, shortName, subtasksWait, timeout, WAITS_FOR } from './words.zh.ts';

export const SECOND_DUMP = '几秒之后的第二份转储，其中同样的线程仍在同样的位置。';

export const names: typeof english.names = (threads, most = 5) =>
  listInChinese(
    threads.map((name) => quotedThread(name)),
    most,
  );

const INITIALISER = '.<clinit>';

const CODE: Record<HiddenWaitFacts['code'], string> = { user: '用户代码', connector: '连接器代码' };

const ENUMERATOR: ReadonlySet<string> = new Set(['source-coordinator', 'source-enum-worker']);

const NO_SUBTASK: ReadonlySet<string> = new Set([...ENUMERATOR, 'rpc', 'async-checkpoint']);

const JOB_MASTER_WAITS = '作业的一切都由它来做：其间不调度任务，不开始 Checkpoint，对作业的调用都得不到应答。';

/** What stands still with a thread that is no subtask's own, by its role. */
const MEANWHILE = table<string>({
  rpc: '它是主线程：其间对它所属的 JobManager 或 TaskManager 的调用都得不到应答，心跳也在内。',
  'source-coordinator': '它负责分发 Source 的 split：其间没有 reader 能得到 split，也不做该 Source 的 Checkpoint。',
  'source-enum-worker': '它为 Source 寻找 split (callAsync)：其间它会找到的 split 都不会分发。',
  'async-checkpoint': '在此之前这个 Checkpoint 不会完成；其间记录照常处理。',
  'split-fetcher': '它的任务线程看起来空闲，但它的 split 中的记录都来不了。',
});

const IN_PHASE: Record<HiddenWaitFacts['phase'], string> = {
  initialising: '它还没有开始运行 (INITIALIZING)：在此之前不读记录，也不能做 Checkpoint。',
  closing: '在那之前子任务无法结束。',
  running: '其间子任务的记录、定时器和 Checkpoint 都不会被处理；如果结束等待的正是其中之一，它就永远不会结束。',
};

const mayEnd = ({ threads }: EnderFacts): string => `也许应由${threads === 1 ? '它' : '它们之一'}来结束等待`;

const poolDetail = (pool: ConnectionFacts | null): string => {
  if (pool === null) return '连接池已空：取走连接的一方没有归还，或者池太小。';
  const { pool: name, use, thread, threads, at } = pool;
  const who = `${quotedThread(thread)} ${threads > 1 ? `等 ${threads} 个线程` : ''}`;
  switch (use) {
    case 'nobody':
      return `连接池 (${name}) 已空，而转储中没有线程在通过连接进行调用：连接被取走，很可能从未归还。`;
    case 'others':
      return `连接池 (${name}) 已空：${who}正在通过连接进行调用，位于 ${at}，连接可能在它${threads > 1 ? '们' : ''}手里。`;
    case 'opening':
      return `${who}正在为连接池 (${name}) 打开连接，位于 ${at}：也许对方无法到达。`;
    default:
      return `连接池 (${name}) 已空：取走连接的一方没有归还，或者池太小。`;
  }
};

const poolAdvice = (pool: ConnectionFacts | null): string => {
  if (pool?.use === 'opening') return '查看从这里能否到达数据库或服务，以及连接超时。';
  if (pool?.use === 'others') return '看看这些调用为什么要这么久；有多少线程同时使用连接，池就需要多少个连接。';
  const options = pool === null || pool.options.length === 0 ? '' : `设置 ${pool.pool} 的 ${listInChinese(pool.options)}，它会记录谁没有归还。`;
  return `在所有路径上关闭每个连接 (try-with-resources)，持有第一个连接时不要再取第二个。${options}`;
};

const permitAdvice = (permits: HiddenWaitFacts['permits']): string =>
  permits === null
    ? '找出应由谁释放许可：release() 应放在 finally 中，也要放在失败和超时的回调中。给等待加上超时 (tryAcquire)。'
    : permits.held
      ? '看看可能拿着许可的线程为什么要这么久，以及每个许可是否都在 finally 中释放；只有它们能同时工作时，增加许可才有用。'
      : '找出没有归还的许可：release() 应放在 finally 中，也要放在失败和超时的回调中。如果没有丢失，就是许可太少。';

const poolMissing = (pool: ConnectionFacts | null): string[] =>
  pool?.use === 'nobody' ? ['是否有线程拿着连接去做别的事，例如在这里等待第二个连接的线程：任何转储都不显示。'] : [];

export const taskWaits: typeof english.taskWaits = {
  message: ({ task, at, from, role, endpoint, code, for: what, outside, pool, permits }, room) => {
    const who = (name: string): string =>
      ENUMERATOR.has(role)
        ? `"${name}" 的枚举器`
        : role === 'async-checkpoint'
          ? 'Checkpoint 的上传'
          : endpoint === null
            ? `"${name}" `
            : `${endpoint} 的主线程`;
    if (outside !== null)
      return fitting([threadCut(task), placeCut(bare(outside))], (name, call) => `${who(name)}等待 ${call}，后者在等待网络`, room);
    if (what === 'connection' && pool?.use !== 'opening') {
      const place = placeCut(bare(from ?? at));
      return fitting([threadCut(task), place], (name, asker) => `连接池耗尽：${who(name)}在 ${asker} 中等待`, room);
    }
    if (permits?.held === false)
      return fitting([threadCut(task), placeCut(bare(at))], (name, place) => `许可用尽，看不到持有者：${who(name)}在 ${place} 中等待`, room);
    const fetches = role === 'split-fetcher';
    const told = (name: string, where: string): string =>
      fetches ? `"${name}" 卡在 fetch 中，在${where} 等待${WAITS_FOR[what]}` : `${who(name)}在${where} 中等待${WAITS_FOR[what]}`;
    const whole = (name: string, place: string, asker: string): string =>
      told(name, from === null ? `${fetches ? '' : CODE[code]} ${place}` : ` ${asker} 调用的 ${place}`);
    const brief = (name: string, place: string, asker: string): string => {
      const where = from === null ? place : asker;
      return fetches ? `"${name}" 卡在 ${where} 中，等待${WAITS_FOR[what]}` : told(name, ` ${where}`);
    };
    return fitting([threadCut(task), placeCut(bare(at)), placeCut(bare(from ?? ''))], [whole, brief], room);
  },
  details: ({ role, endpoint, phase, threads, parallelism, timed, at, for: what, pool, permits }) => [
    ...(parallelism === 1 || NO_SUBTASK.has(role) ? [] : [subtasksWait(threads, parallelism)]),
    ...(permits === null
      ? []
      : [`${permits.waiters} 个线程等待同一个 Semaphore${permits.others.length === 0 ? '' : `，其中有 ${names(permits.others)}`}。`]),
    ...(timed ? ['这次等待有超时。'] : []),
    ...(what === 'connection' ? [poolDetail(pool)] : []),
    endpoint === 'JobMaster' ? JOB_MASTER_WAITS : (MEANWHILE[role] ?? IN_PHASE[phase]),
    ...(at.includes(INITIALISER) ? ['它正在运行静态初始化器：每个需要这个类的线程都等着它，线程池中的线程也一样。'] : []),
  ],
  advice: ({ role, outside, for: what, pool, permits }) => [
    role === 'async-checkpoint'
      ? '查看 Checkpoint 的存储及其客户端的超时：状态正写到那里。'
      : what === 'connection'
        ? poolAdvice(pool)
        : outside !== null
          ? '查看连接的对方。给这个调用加上连接超时和读超时，给等待也加上超时，或使用异步 I/O。'
          : what === 'permit'
            ? permitAdvice(permits)
            : what === 'http'
              ? '查看服务器。给请求加上超时 (HttpRequest.Builder.timeout)，给客户端加上连接超时：默认都没有。'
              : '给等待加上超时，请求使用异步 I/O，并且不要在算子中等待必须由它自己的线程完成的事。',
  ],
  evidence: ({ task, thread, at, from, for: what, code, enders, role, permits }) => [
    `它在 ${at} 中等待${WAITS_FOR[what]}，这是${code === 'user' ? '用户代码' : '连接器或库的代码'}：Flink 自己不在那里等待。`,
    ...(from === null ? [] : [`由 ${from} 调用。`]),
    ...(NO_SUBTASK.has(role) && (task !== thread || role === 'async-checkpoint') ? [`线程是 ${quotedThread(thread)}。`] : []),
    ...(role === 'split-fetcher' ? ['等待发生在 SplitReader.fetch 之内，而不是在通往任务线程的队列上。'] : []),
    ...(permits?.held === false ? ['转储中没有别的线程在等待者的包中工作。'] : []),
    ...enders.map((one) => `${permits === null ? mayEnd(one) : '也许拿着许可'}：${ENDER[one.does](one)}。`),
  ],
  missing: ({ for: what, timed, role, enders, outside, pool, permits }) => [
    `几秒之后的第二份转储，线程仍在同一位置${timed ? '：这次等待有超时' : ''}。`,
    ...(permits === null && outside !== null && enders.some((one) => one.for === 'permit') ? ['许可在谁手里：任何转储都不显示。'] : []),
    ...(permits === null ? [] : ['许可在谁手里：任何转储都不显示，异步客户端的请求没有线程也可以拿着许可。']),
    ...(what === 'sleep' || what === 'connection' || what === 'http' || permits !== null
      ? []
      : ['应由谁来结束等待：任何转储都不显示谁完成 Future、打开 latch 或填充队列。']),
    ...poolMissing(pool),
    ...(role === 'source-enum-worker' ? ['它是否等了很久：它会反复寻找 split。'] : []),
    ...(role === 'split-fetcher' ? ['连接器是否就是这样等待新记录，而现在没有新记录。'] : []),
  ],
};

export const holderWaits: typeof english.holderWaits = {
  message: ({ holder, lock, for: what }, room) =>
    fitting(
      [threadCut(holder), lockLabel(lock)],
      (name, object) => `"${name}" ${lock.kind === 'class-init' ? '正在初始化' : '持有'} ${object} 并等待${WAITS_FOR[what]}`,
      room,
    ),
  details: ({ waiters, others }) => [
    `如果结束这次等待的${waiters > 1 ? '正是想要它的线程之一，它们都不会再继续' : '正是想要它的线程，两者都不会再继续'}。`,
    ...(others > 0 ? [`另有 ${others} 个线程也是如此。`] : []),
  ],
  advice: ({ lock }) => [
    lock.kind === 'class-init' ? '静态初始化器中不要使用线程池，也不要等待别的线程。' : '等待之前先释放锁，或让另一方不需要这把锁。',
  ],
  evidence: ({ holder, lock, at, for: what, timed, waiter, waiters, total }) => [
    `${quotedThread(holder)} ${lock.kind === 'class-init' ? '正在运行初始化器：' : '持有'}${shortName(lock)}，并在 ${at} 中等待${WAITS_FOR[what]}${timeout(timed)}。`,
    `在那之前 ${quotedThread(waiter)}${waiters > 1 ? ` 和另外 ${waiters - 1} 个线程` : ''} 无法继续${total > waiters ? `，一共 ${total} 个` : ''}。`,
  ],
  missing: ({ timed }) => [
    `几秒之后的第二份转储，两个线程都仍在同一位置${timed ? '：这次等待有超时' : ''}。`,
    '应由谁来结束持有者的等待：任何转储都不显示谁完成 Future、打开 latch 或发出信号。',
  ],
};

export const cancelled: typeof english.cancelled = {
  message: ({ thread, interrupted, for: what }, room) =>
    fitting(
      [threadCut(thread)],
      (name) => `"${name}" 正在被取消，却${what === null ? `没有结束${interrupted ? '，尽管已被中断' : ''}` : `在等待${WAITS_FOR[what]}`}`,
      room,
    ),
  details: ({ at, interrupted, for: what }) => [
    `它停在 ${at ?? '转储没有显示的位置'}${what !== null && interrupted ? '，尽管已被中断' : ''}。`,
    '超过 task.cancellation.timeout (180 s) 之后，Flink 会结束整个 TaskManager。',
  ],
  advice: ({ for: what }) => [
    what === 'executor'
      ? '用 shutdownNow() 停止执行器，只等它结束几秒；给它的调用加上超时：中断不能结束对套接字的读。'
      : '让这个位置的代码在 InterruptedException 和 cancel() 时结束。',
  ],
  evidence: ({ helpers, for: what, enders }) => [
    `${names(helpers)} 是来取消它的。`,
    ...enders.map((one) => `${what === 'executor' ? '也许属于这个执行器' : mayEnd(one)}：${ENDER[one.does](one)}。`),
  ],
  missing: () => ['几秒之后的第二份转储，或日志：超过 task.cancellation.interval (30 s) 之后的 "did not react to cancelling signal"。'],
};

export const poolWaits: typeof english.poolWaits = {
  message: ({ pool, at, threads, callback, starved, places }, room) =>
    fitting(
      [pool, placeCut(bare(at))],
      (name, place) =>
        callback
          ? `"${name}" 在回调中等待另一个结果，位于 ${place}`
          : starved.length > 0
            ? `线程池 "${name}" 在等待自己：${threads === 1 ? '它唯一的线程' : `全部 ${threads} 个线程都`}在${places > 1 ? '' : ` ${place} 中`}等待结果`
            : threads === 1
              ? `"${name}" 是其线程池中唯一的线程，在 ${place} 中等待结果`
              : `线程池 "${name}" 的全部 ${threads} 个线程都在 ${place} 中等待结果`,
      room,
    ),
  details: ({ callback, starved }) => [
    ...starved.map(
      ({ task, at, threads, parallelism }) =>
        `${quotedThread(task)} 在 ${at} 中等待它${parallelism === null || parallelism === 1 ? '' : `：${parallelism} 个子任务中的 ${threads} 个`}。`,
    ),
    callback
      ? '如果结果要由同一个客户端给出，就永远不会有：应给出它的线程正在这里等待。'
      : starved.length > 0
        ? '它的线程等待的东西要在同一个线程池中运行，而没有线程来做它。'
        : '如果结果要由这个线程池给出，就永远不会有：没有线程来做它。',
    ...(starved.length > 0 ? ['其间等待它的任务不处理记录、定时器和 Checkpoint。'] : []),
  ],
  advice: ({ callback, starved }) => [
    callback
      ? '把第二个请求串接起来 (thenCompose)，不要等待它；或让回调在另一个执行器上运行 (thenAcceptAsync)。'
      : starved.length > 0
        ? '不要在线程池中等待这个线程池的工作：把它串接起来 (thenCompose、thenCombine)，或为它用第二个线程池。增加线程只会推迟问题。'
        : '找出 Future 来自哪里。如果来自同一个执行器，就换一个执行器，或不要等待它。',
  ],
  evidence: ({ threads, at, callback, starved, places }) => [
    callback
      ? `${threads === 1 ? '这个线程' : `这 ${threads} 个线程都`}完成了一个 Future，并在由此调用的代码中等待，位于 ${at}。`
      : threads === 1
        ? `叫这个名字的唯一线程在运行其执行器的任务，并在其中等待，位于 ${at}。`
        : `每个线程都在运行线程池的任务，并在其中等待，位于 ${at}${places > 1 ? ` 或另外 ${places - 1} 处` : ''}。`,
    ...(starved.length > 0 ? ['转储中没有别的线程在做这样的工作，也没有线程带来异步客户端的应答。'] : []),
  ],
  missing: ({ callback, starved }) => [
    callback
      ? '它等待的东西应由哪个线程完成。'
      : starved.length > 0
        ? '它们等待的东西应由哪个执行器完成：任何转储都不显示。如果是异步客户端没有应答，看起来也是这样。'
        : '它们等待的东西应由哪个执行器完成。',
    ...(starved.length > 0 ? [SECOND_DUMP] : []),
  ],
};

export const poolExhausted: typeof english.poolExhausted = {
  message: ({ threads, at, pool }, room) =>
    fitting(
      [placeCut(bare(at))],
      (place) =>
        pool === null
          ? `${threads} 个线程在 ${place} 中等待从一个池里取东西`
          : pool.use === 'opening'
            ? `${threads} 个线程在 ${place} 中等待连接`
            : `连接池耗尽：${threads} 个线程在 ${place} 中等待`,
      room,
    ),
  details: ({ first, pool }) => [
    `第一个是 ${quotedThread(first)}。`,
    pool === null ? '如果它是连接池之类的池，那么它空了：取走的一方没有归还，或者池太小。' : poolDetail(pool),
  ],
  advice: ({ pool }) => [pool === null ? '查找漏掉的 close()，以及持有一个连接时又去取第二个的代码。' : poolAdvice(pool)],
  evidence: ({ threads, at }) => [`${threads} 个线程在 ${at} 中等待，而且正处在别的工作当中。`],
  missing: ({ pool }) => [...(pool === null ? ['这个队列是否只是待办工作的队列：那样的话这些线程是空闲的。'] : poolMissing(pool)), SECOND_DUMP],
};

export const queueFull: typeof english.queueFull = {
  message: ({ task, at, queue }, room) =>
    fitting(
      [threadCut(task), placeCut(bare(at))],
      (name, place) =>
        queue === 'operator'
          ? `"${name}" 的队列已满：它的请求在 ${place} 中等待网络`
          : `"${name}" 在等待它${queue === 'ending' ? '最后' : ''}的请求，它们在 ${place} 中等待网络`,
      room,
    ),
  details: ({ threads, parallelism, queue, pressed }) => [
    ...(parallelism === 1 ? [] : [subtasksWait(threads, parallelism)]),
    queue === 'ending' ? '最后一个请求结束之前，子任务无法结束。' : '进行中的请求已达上限：其中一个结束之前不会再取记录。',
    ...(pressed.length === 0 ? [] : [`其间被反压的：${listInChinese(pressed.map((name) => quoted(name)))}。`]),
  ],
  advice: ({ queue }) => [
    queue === 'sink'
      ? '查看对方的延迟和限制。给客户端加上连接超时和读超时；只有对方承受得了时，增加请求数才有用。'
      : '查看对方。给客户端加上连接超时和读超时，给算子一个更长的超时；只有对方承受得了时，才增大 capacity 和客户端的线程数。',
  ],
  evidence: ({ requests, asked }) => [
    `${ENDER[requests.does](requests)}。`,
    asked ? '这些线程执行的是 asyncInvoke 之类交出的请求。' : '转储中没有别的线程在用户代码中为执行器工作。',
  ],
  missing: () => [SECOND_DUMP, '这些请求是否属于这个算子：任何转储都不显示谁完成 ResultFuture。'],
};
