import type { DeadlockKind } from '../../analysis/threaddump/deadlockModel.ts';
import type { SlowWork } from '../../analysis/threaddump/slowHolders.ts';
import { issueOf } from '../../knowledge/issues/index.ts';
import { bare, type Cut, fitting, listInChinese, placeCut, quoted, quotedThread, type Saying, say, threadCut, threadCuts } from '../../wording.ts';
import { isOfLibrary, issueAdvice, issueDetails, issueMessage, issuePrecondition } from '../issueWords.zh.ts';
import type { BottleneckFacts, CycleFacts, DumpFacts, IssueFacts } from './facts.ts';
import type * as english from './findingWords.en.ts';
import { cancelled, holderWaits, names, poolExhausted, poolWaits, queueFull, SECOND_DUMP, taskWaits } from './waitWords.zh.ts';
import { CYCLE_ON, DOUBTS, doingText, EVIDENCE, HIDDEN, heldUpText, lockLabel, shortName } from './words.zh.ts';

const waiting = (threads: number): string => `${threads} 个线程等待`;

const shortened = (threads: readonly string[]): Cut[] => threadCuts(threads.slice(0, 2));
const members = (shown: readonly string[], all: readonly string[]): string =>
  listInChinese([...shown.map((name) => `"${name}"`), ...all.slice(shown.length)], Math.max(1, shown.length));

const CYCLE_TITLE: Partial<Record<DeadlockKind, string>> = {
  'class-init': '类初始化死锁',
  'read-lock': '读锁死锁',
};

const IN_ORDER = '在所有地方按同一顺序取锁，或在持锁时不调用外部代码（回调、监听器）。';

const CYCLE_ADVICE: Record<DeadlockKind, string> = {
  monitor: IN_ORDER,
  ownable: IN_ORDER,
  mixed: IN_ORDER,
  virtual: IN_ORDER,
  'class-init': '打破静态初始化器之间的循环，或在启动时由同一个线程初始化这两个类。',
  'read-lock': '在等待任何需要写锁的东西之前，先释放读锁。',
};

function cycleEvidence({ evidence, certainty }: CycleFacts): string[] {
  const own = evidence.filter(({ code }) => code !== 'waits' && code !== 'more-waits');
  return (own.length > 0 || certainty === 'proved' ? own : evidence).map((one) => say(EVIDENCE, one));
}

const cycle: Saying<CycleFacts> = {
  message: ({ kind, threads }, room) =>
    fitting(
      shortened(threads),
      (...shown) =>
        threads.length === 1
          ? `死锁：${members(shown, threads)} 等待自己`
          : `${CYCLE_TITLE[kind] ?? `${threads.length} 个线程的死锁`}：${members(shown, threads)} 互相等待`,
      room,
    ),
  details: ({ kind, threads, sides, victims, issue, certainty }) => [
    ...(threads.length > 2 ? [`按等待顺序：${names(threads, 6)}。`] : []),
    CYCLE_ON[kind],
    ...sides.map(
      ({ thread, took, tookAt, wants, wantsAt }) =>
        `${quotedThread(thread)} 在 ${tookAt} 中取得了${shortName(took)}，又在 ${wantsAt} 中等待${shortName(wants)}。`,
    ),
    ...(victims === 0 ? [] : [`还有 ${victims} 个线程在它后面等待。`]),
    ...(issue === null ? [] : [`这是已知缺陷 ${issue}。`]),
    ...(certainty === 'proved' ? ['其中没有一个能继续：只有重启进程才能结束它。'] : []),
  ],
  advice: ({ kind, issue }) => (issue === null ? [CYCLE_ADVICE[kind]] : []),
  evidence: cycleEvidence,
  missing: ({ doubts }) => doubts.map((one) => say(DOUBTS, one)),
};

const knownIssue: Saying<IssueFacts> = {
  message: ({ issue, upgrade }, room) => issueMessage(issueOf(issue), upgrade, room),
  details: ({ issue, version, verdict }) => issueDetails(issueOf(issue), version, verdict === 'affected'),
  advice: ({ issue, upgrade }) => issueAdvice(issueOf(issue), upgrade),
  evidence: ({ issue, threads, deadlock, cut }) => [
    deadlock === null
      ? `${threads.length} 个线程有该缺陷的栈帧。`
      : `${deadlock} 个线程构成死锁，它们的栈${cut ? '（就转储显示的部分而言）' : ''}有该缺陷的栈帧。`,
    issuePrecondition(issueOf(issue)),
  ],
  missing({ issue, verdict, deadlock, cut }) {
    const { uncertain } = issueOf(issue);
    return [
      ...(cut ? ['被这份转储截掉的外层栈帧：jstack -l，或 cluster.thread-dump.stacktrace-max-depth: 200（Flink 1.15 及以后）。'] : []),
      ...(verdict === 'unknown' && !isOfLibrary(issueOf(issue)) ? ['Flink 版本：设置 logjam.flinkVersion，或带行号的转储。'] : []),
      ...(verdict === 'possible' ? ['准确的 Flink 版本：符合这份转储的版本并非都有该缺陷。'] : []),
      ...(deadlock === null ? [SECOND_DUMP] : []),
      ...(uncertain === undefined ? [] : [uncertain]),
    ];
  },
};

const SLOW_WORK: Record<SlowWork, string> = {
  file: '在读写文件',
  accept: '在等待别人连接',
  connect: '在建立连接',
  read: '在等待网络应答',
  write: '在向网络发送',
  network: '在等待网络',
  process: '在等待一个进程',
  sleep: '在睡眠',
};

/** For a holder on whom a task waits. */
const SLOW_ADVICE: Record<'network' | 'file' | 'process' | 'sleep', string> = {
  network: '查看连接的对方。给这个调用加上连接超时和读超时，并放到锁外。',
  file: '把读写放到锁外；看看磁盘有多快。',
  process: '在锁外等待进程，并加上超时。',
  sleep: '在锁外睡眠，或让每个任务各用一把锁。',
};

const slowWork: Saying<DumpFacts['slow-work-under-lock']> = {
  message: ({ lock, does, waiters }, room) =>
    fitting([lockLabel(lock)], (object) => `${waiting(waiters)} ${object}，而持有者${SLOW_WORK[does]}`, room),
  details: ({ holder, at, taken }) => [
    `${quotedThread(holder)} 持有它${taken === '' || taken === at ? '' : `（在 ${taken} 中取得）`}${at === '' ? '' : `，现在在 ${at}`}。`,
  ],
  advice: ({ does }) => [does === 'sleep' ? '交还锁之后再睡眠，或用该锁的 Condition 等待。' : '把它移到锁外去做，或加上超时。'],
  evidence: ({ sure }) => (sure ? [] : ['持有者的第一行缺失；它下面的内容被当作一个独立的线程。']),
  missing: () => [SECOND_DUMP],
};

const pressed = ({ task, backPressured, subtasks: all }: BottleneckFacts['pressed'][number]): string =>
  `${quoted(task)}（${all} 个子任务中的 ${backPressured} 个）`;

export const DUMP_RULE_WORDS: typeof english.DUMP_RULE_WORDS = {
  deadlock: cycle,
  'class-init-deadlock': cycle,
  'read-lock-deadlock': cycle,
  'read-lock-upgrade': {
    message: ({ thread, outer }, room) =>
      fitting(
        [threadCut(thread)],
        (name) => (outer === null ? `"${name}" 等待写锁，而它自己可能持有读锁` : `"${name}" 等待自己的读锁：它在请求写锁`),
        room,
      ),
    details: ({ at, outer, stamped, behind }) => [
      outer === null ? `它在 ${at} 中请求。` : `它在 ${at} 中请求，由同一个类的 ${outer} 调用。`,
      `${stamped ? 'StampedLock' : 'ReentrantReadWriteLock'} 不会因请求写锁而升级：持有读锁的一方必须先释放读锁。`,
      ...(behind === 0 ? [] : [`另有 ${behind} 个线程排在它后面等待同一把锁。`]),
    ],
    advice: ({ stamped }) => [
      stamped ? '用 tryConvertToWriteLock 转换戳记，或在取写锁之前释放它，之后重新检查条件。' : '取写锁之前先释放读锁，之后重新检查条件。',
    ],
    evidence: ({ listed, outer }) => [
      listed ? '没有线程独占这把锁，所以它被读者持有。' : '没有看到线程独占这把锁。',
      outer === null
        ? '没有别的线程处在取这把锁的类中，或在它的包中工作：可能是请求写锁的方法先取了读锁。'
        : '转储中没有别的线程处在取这把锁的类中；而这个线程就在其中，在它的栈的外层。',
    ],
    missing: ({ listed, outer, stamped }) => [
      `${outer === null ? '该方法请求时是否持有读锁' : '外层栈帧是否持有读锁'}；任何 JVM 的转储都不显示谁持有读锁。`,
      ...(outer === null ? ['是否有别的线程取了读锁而从未释放。'] : []),
      ...(listed ? [] : [stamped ? '谁独占这把锁：对 StampedLock，任何转储都不显示。' : '谁独占这把锁：jstack -l 会列出。']),
    ],
  },
  'lock-holder-waits': holderWaits,
  'known-issue': knownIssue,
  'not-this-known-issue': {
    message: ({ issue, version }, room) => fitting([version ?? ''], (range) => `不是 ${issue}：Flink ${range} 已包含其修复`, room),
    details: ({ issue }) => [`这个死锁看起来像它（${issueOf(issue).title}），但该缺陷已在 ${issueOf(issue).fixed.join('、')} 中修复。`],
    advice: () => ['不要为这个缺陷升级：看看栈中有什么不同，并报告它。'],
  },
  'loop-waits-for-itself': {
    message: () => '一个环在等待自己：它的反馈队列已满，而迭代头在等待缓冲',
    details: ({ tail, head }) => [
      `${quotedThread(tail)} 无法把记录交回迭代头，而迭代头 ${quotedThread(head)} 在等待输出缓冲。`,
      '如果环体发出的比收到的多，缓冲就会填满，环就会停住。',
    ],
    advice: () => ['在反馈之前先过滤，给环更多网络缓冲，或通过 Kafka 这样的系统做反馈。'],
    evidence: ({ tails, heads }) => [`环的 ${tails} 个迭代尾在已满的反馈队列上等待。`, `它的 ${heads} 个迭代头在等待输出缓冲。`],
    missing: () => [SECOND_DUMP, '迭代头的 numRecordsOut：死锁时它不动，只是反压时它会增长。'],
  },
  'lock-owner-not-visible': {
    message: ({ lock, waiters }, room) => fitting([lockLabel(lock)], (object) => `${waiting(waiters)} ${object}；转储没有显示它的持有者`, room),
    details: ({ lock, first }) => [`它们等待${shortName(lock)}，${quotedThread(first)} 是其中之一。`],
    missing: ({ reason }) => [HIDDEN[reason]],
  },
  'long-wait-behind-lock': {
    message: ({ lock, holder, waiters }, room) =>
      fitting([threadCut(holder), lockLabel(lock)], (name, object) => `${waiting(waiters)} "${name}"，它持有 ${object}`, room),
    details: ({ lock, at, does, waiters, direct }) => [
      `它持有${shortName(lock)}${at === '' ? '' : `，现在在 ${at}`}${does === null ? '' : `，${doingText(does)}`}。`,
      ...(waiters > direct ? [`其中 ${direct} 个线程直接等待它，其余的排在它们后面。`] : []),
    ],
    advice: () => ['看看持有者在那里做什么：常见的原因是持锁时做输入输出、远程调用或长时间计算。'],
  },
  'slow-work-under-lock': slowWork,
  'blocks-other-threads': {
    message: ({ thread, lock, waiters }, room) =>
      fitting([threadCut(thread), lockLabel(lock)], (name, object) => `"${name}" 持有 ${object}，另有 ${waiters} 个线程在等它`, room),
    details: ({ at }) => (at === '' ? [] : [`它在 ${at}。`]),
    advice: () => ['看看它在锁内做什么：输入输出、远程调用和长时间计算应放到锁外。'],
    evidence: () => ['文本写明了有多少线程在等待；这些线程不在文本中。'],
    missing: () => ['所有线程的转储：谁在等待，以及持有者是否在等待其中之一。'],
  },
  'task-waits-in-user-code': taskWaits,
  'task-waits-for-lock': {
    message: ({ thread, threads, lock, holder, at, checkpoint, slow }, room) => {
      const all = threads > 1 ? `等 ${threads} 个线程` : '';
      if (slow === null) {
        return fitting(
          [...threadCuts([thread, holder]), lockLabel(lock)],
          (name, owner, object) => `"${name}" ${all}等待 ${checkpoint ? 'Checkpoint 锁' : object}，持有者是 "${owner}"`,
          room,
        );
      }
      return fitting(
        [threadCut(thread), placeCut(bare(at))],
        (name, place) =>
          checkpoint
            ? `"${name}" 持有自己的 Checkpoint 锁，同时在 ${place} 中${SLOW_WORK[slow]}`
            : `"${name}" ${all}等待的锁，其持有者在 ${place} 中${SLOW_WORK[slow]}`,
        room,
      );
    },
    details: ({ thread, threads, lock, holder, at, does, slow }) => [
      ...(slow === null ? [] : [`等它的是 ${quotedThread(thread)}，持有它的是 ${quotedThread(holder)}。`]),
      `${shortName(lock)} 的持有者${at === '' ? '' : `在 ${at}${does === null ? '' : '，'}`}${does === null ? '' : doingText(does)}。`,
      `其间${threads > 1 ? '这些子任务' : '该子任务'}的记录、定时器和 Checkpoint 都不会被处理。`,
    ],
    advice: ({ checkpoint, slow }) => [
      slow !== null && !checkpoint
        ? SLOW_ADVICE[slow === 'sleep' || slow === 'file' || slow === 'process' ? slow : 'network']
        : checkpoint
          ? '在 Checkpoint 锁之外取数据，并设超时；只在输出和修改状态时持有它，或改用新的 Source 接口。'
          : '如果一直如此，看看持有者在那里做什么：常见的原因是任务之间共享的用户代码，例如静态锁。',
    ],
    evidence: () => ['锁和它的持有者在转储中；这种情况是否持续，不在其中。'],
    missing: () => ['几秒之后的第二份转储，其中同一持有者仍在同一位置。'],
  },
  'task-computes-all-along': {
    message: ({ thread, task, threads, at, inside, loop }, room) =>
      loop === 'regex'
        ? fitting([threads > 1 ? task : threadCut(thread), placeCut(bare(at))], (name, place) => `"${name}" 在 ${place} 中算不完一个正则表达式`, room)
        : fitting(
            [threads > 1 ? task : threadCut(thread), placeCut(bare(at)), bare(inside ?? '')],
            (name, place, map) =>
              loop === 'map' ? `"${name}" 在 ${map} 中循环，由 ${place} 调用` : `"${name}" 一直在 ${place} 计算，其他子任务几乎不计算`,
            room,
          ),
    details: ({ threads, calm, spent, loop }) => [
      ...(spent === null ? [] : [`${threads === 1 ? '它' : `${threads} 个子任务各自`}在 ${spent.seconds} 秒中约有 ${spent.percent} % 占用 CPU。`]),
      ...(calm === 0 ? [] : [`这里另外 ${calm} 个子任务几乎无事可做。`]),
      ...(loop === 'map' ? ['多个线程不加锁地修改同一个 Map，其中可能形成环：谁去查找，谁就再也回不来。'] : []),
      ...(loop === 'regex' ? ['重复之中又有重复时，每多一个字符，匹配时间可能加倍。'] : []),
    ],
    advice: ({ loop }) => [
      loop === 'map'
        ? '改用 ConcurrentHashMap，或每个子任务各用一个 Map；只有重启 TaskManager 才能结束这个循环。'
        : loop === 'regex'
          ? '改写正则表达式，不要在重复之中再重复，或限制文本长度；重启之后同一条记录还会再来。'
          : '比较各子任务收到的记录数：要么几乎所有记录都到这一个（倾斜），要么它处理不完其中一条。',
    ],
    evidence: ({ inside, at, loop, depth }) => [
      loop === 'map'
        ? `它在 ${inside} 中，由 ${at} 调用。`
        : loop === 'regex'
          ? `它的栈在 java.util.regex 中有 ${depth} 层，由 ${at} 调用。`
          : `它在 ${at}。`,
    ],
    missing: () => ['几秒之后的第二份转储：它是否仍在同一位置，cpu= 是否和时钟一样快地增长。'],
  },
  'task-is-being-cancelled': cancelled,
  'network-buffers-starved': {
    message: ({ threads }) => `${waiting(threads)} TaskManager 的网络缓冲：已全部被占用`,
    details: ({ first }) => [
      `第一个是 ${quotedThread(first)}。`,
      '30 s (taskmanager.network.memory.exclusive-buffers-request-timeout-ms) 之后任务会以 "Insufficient number of network buffers" 失败。',
    ],
    advice: () => ['如果它们一直停在那里，调大 taskmanager.memory.network.fraction 和 max，或降低并行度。'],
    evidence: ({ threads }) => [`${threads} 个线程停在 NetworkBufferPool 中。`],
    missing: () => ['几秒之后的第二份转储：作业启动时这可能只持续几毫秒。'],
  },
  'pool-may-wait-for-itself': poolWaits,
  'resource-pool-exhausted': poolExhausted,
  'async-queue-full': queueFull,
  'suspected-bottleneck': {
    message: ({ task, does, pressed: before }, room) => {
      const after = `；同时有 ${before.length} 个任务被反压`;
      if (does === null) return fitting([task], (name) => `瓶颈："${name}"${after}`, room);
      const brief = (name: string, place: string): string => `瓶颈："${name}"${heldUpText(does, place)}`;
      return fitting([task, placeCut(bare(does.at ?? ''))], [(name, place) => `${brief(name, place)}${after}`, brief], room);
    },
    details: ({ working, waiting: waits, subtasks: all, does, others }) => [
      does !== null
        ? `它在这里的 ${all} 个子任务中，${working} 个${heldUpText(does, does.at ?? '').slice(1)}。`
        : `它在这里的 ${all} 个子任务中，${working} 个${waits === working ? '在用户代码或连接器代码中等待' : '在工作'}。`,
      ...(does?.does === 'sleep' ? ['睡眠期间子任务的记录、定时器和 Checkpoint 都不会被处理。'] : []),
      ...(others.length === 0 ? [] : [`同样在工作的：${listInChinese(others.map((task) => quoted(task)))}。`]),
    ],
    advice: ({ does }) => [
      does?.does === 'sleep'
        ? '去掉任务中的睡眠，或缩短它：需要慢下来的，最好用 Source 的限速来做。'
        : does !== null
          ? '查看它等待的对方的延迟；用异步 I/O 或批量请求。只有对方承受得了时，增加子任务才有用。'
          : '让它在那里做的事更快；如果是在计算，增加子任务有用，如果是在等待外部，就没有用。',
    ],
    evidence: ({ pressed: before }) => [`被反压，因为它们在等待输出缓冲：${listInChinese(before.map(pressed), 5)}。`],
    missing: () => ['作业图：哪个顶点在哪个的下游。', '各顶点在几分钟内的繁忙时间和反压时间。'],
  },
  'deadlock-section-differs-tails': {
    message: ({ threads, tails }) => `JVM 在这里列出 ${threads.length + tails.length} 个线程，但其中只有 ${threads.length} 个构成死锁`,
    details: ({ threads, tails }) => [`死锁的是 ${names(threads)}；${names(tails)} 只是排在后面等待。`],
  },
  'deadlock-section-differs-not-in-stacks': {
    message: () => 'JVM 报告了一个死锁，而这份转储的栈没有显示它',
    details: ({ threads }) => [`它是 ${names(threads)} 的死锁。`, '死锁段和栈是先后取得的。'],
    advice: () => ['再取一份转储：它会显示两者哪个属实。'],
  },
  'deadlock-section-differs-not-in-section': {
    message: ({ threads }, room) => fitting(shortened(threads), (...shown) => `JVM 自己的死锁段漏掉了 ${members(shown, threads)} 的死锁`, room),
    details: ({ threads }) => [`从栈可以看出 ${names(threads)} 构成环。`],
  },
};
