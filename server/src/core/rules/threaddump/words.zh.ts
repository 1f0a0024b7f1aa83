import { table } from '../../../../../common/table.ts';
import type { Deadlock, LockFacts } from '../../analysis/threaddump/deadlockModel.ts';
import { lockFacts } from '../../analysis/threaddump/deadlockModel.ts';
import { type DoingFacts, doingOf } from '../../analysis/threaddump/doing.ts';
import { simpleName } from '../../analysis/threaddump/names.ts';
import type { HoldEvidence, Inference, LockKind } from '../../analysis/threaddump/waits/model.ts';
import { KNOWN_FRAMES } from '../../knowledge/knownFrames.ts';
import type { Certainty } from '../../model.ts';
import { listInChinese, quoted, quotedThread, say, shorten, type Words } from '../../wording.ts';
import type { EnderFacts } from './facts.ts';
import type * as english from './words.en.ts';

const HELD_BY_KIND: Record<Deadlock['kind'], string> = {
  monitor: '，监视器锁',
  ownable: '，java.util.concurrent 锁',
  mixed: '，多种锁',
  virtual: '，其中有虚拟线程',
  'class-init': '，正在初始化类',
  'read-lock': '，涉及读锁',
};

const LOCK_KIND: Record<Exclude<LockKind, 'class-init'>, string> = {
  monitor: '监视器锁',
  ownable: '锁',
  'read-lock': '读写锁',
  other: '对象',
};

const CERTAINTY: Record<Certainty, string> = { proved: '已证实', suspected: '疑似', unknown: '未知' };

function lockName({ kind, key, className }: LockFacts): string {
  if (kind === 'class-init') return `类 ${className ?? key}`;
  const named = className === null || key.includes(className) ? '' : ` (${className})`;
  return `${LOCK_KIND[kind]} ${key}${named}`;
}

export const shortName: typeof english.shortName = (lock) => {
  const { className } = lock;
  return lockName(className === null ? lock : { ...lock, key: lock.key.replace(className, simpleName(className)), className: simpleName(className) });
};

export const shortLock: typeof english.shortLock = (lock) => shortName(lockFacts(lock));

export const heldBy: typeof english.heldBy = ({ kind }) => (kind === 'class-init' ? '正在初始化它的是' : '持有者是');

const HOW: Record<HoldEvidence, string> = {
  'locked-line': '其栈中显示该锁已锁定',
  'synchronizer-list': '在其 locked ownable synchronizers 列表中',
  'owned-by': '在等待处被标为所有者',
  'jvm-section': '被 JVM 的死锁段标为所有者',
  'class-initialiser': '它正在运行类初始化器',
};

export const EVIDENCE: typeof english.EVIDENCE = {
  'jvm-section': () => 'JVM 自己的死锁段报告了它。',
  waits: ({ thread, lock, owner, how }) =>
    `"${thread}" 等待${lockName(lock)}，${heldBy(lock)}${owner === null ? '转储中没有显示的线程' : ` "${owner}"`}${how === null ? '' : `（${HOW[how]}）`}。`,
  'more-waits': ({ count }) => `另外 ${count} 个线程也是如此。`,
  'writer-waits': ({ writer, lock }) => `"${writer}" 等待 ${lock.key} 的写锁，而没有线程独占它：它一定是被读者持有。`,
  'reader-inside': ({ reader, writer, className, method }) =>
    `"${reader}" 正在 ${className} (${method}) 中，"${writer}" 正是在这个类里取这把锁，因此它可能持有读锁。`,
  'reader-behind': ({ reader, writer }) => `"${reader}" 被 "${writer}" 挡住，因此两者都无法继续。`,
};

const INFERENCE: Record<Inference, string> = {
  'only-initialiser': '这个 JVM 不打印在等哪个类；除它之外只有一个线程在类初始化器中',
  'crossed-initialisers': '这种格式不显示对类的等待；这两个线程同时处在两个类初始化器中',
  'several-holders': '有不止一个线程被打印为该锁的持有者；这里取第一个',
  'readers-invisible': '转储中看不到读锁的持有者',
};

export const DOUBTS: typeof english.DOUBTS = {
  'sampled-dump': () => '再取一份转储：Thread.dump_to_file 逐个线程采样，这些等待不一定同时成立。',
  'owner-inferred': ({ threads, from }) => `${listInChinese(threads.map((name) => quotedThread(name)))} 所等待的由谁持有：${INFERENCE[from]}。`,
  'timed-wait': ({ thread }) => `在第二份转储中 "${thread}" 是否还在那里：它的等待有超时。`,
  'address-hidden': () => '锁的地址，它们在这段文本中被遮盖：同一个类的两把锁看起来像一把。',
  'other-source': () => '这些线程是否属于同一个进程：它们之间有别的文本，而许多进程中的地址是相同的。',
  'header-lost': () => '完整的转储：环中某个线程的第一行在这段文本中缺失，它的栈可能是两个线程的。',
  'reader-frame': () => '所指的栈帧是否在 readLock().lock() 与 unlock() 之间运行；任何 JVM 的转储都不显示谁持有读锁。',
};

export const HIDDEN: typeof english.HIDDEN = {
  'no-thread-in-initialiser': '转储中没有线程处在这个类的初始化器中。',
  'held-for-reading': '没有线程独占它，所以它被读者持有，而任何转储都不显示读者。',
  'dump-to-file-without-owners': '这个 JVM 不把 java.util.concurrent 锁的所有者写入文件；jstack -l 会显示。',
  'without-synchronizers': '取转储时没有带上已锁定的同步器列表；jstack -l 或 jcmd Thread.print -l 会显示。',
  'without-monitors': '这种转储不显示谁持有监视器锁；jstack -l 会显示。',
  'dump-breaks-off': '转储中断了，持有者可能在缺失的部分。',
  'stacks-cut': '栈被截断，取锁的栈帧可能在缺失的部分。',
  'in-passing': '它可能正在易手，可能在本地代码中被持有，或被没有挂载的虚拟线程持有。',
};

export const timeout: typeof english.timeout = (timed) => (timed ? '（有超时）' : '');

const DOING: Words<DoingFacts> = {
  'only-named': () => '只被提到；转储中没有它的栈',
  'waits-for-lock': ({ lock, timed }) => `等待${shortName(lock)}${timeout(timed)}`,
  'waits-for-notify': ({ timed }) => `等待被通知 (Object.wait)${timeout(timed)}`,
  'waits-for-notify-on': ({ key, timed }) => `等待在 ${key} 上被通知（Object.wait；它已放开监视器锁）${timeout(timed)}`,
  'waits-for-condition': ({ timed }) => `等待 Condition 的信号${timeout(timed)}`,
  'waits-for-future': ({ timed }) => `等待 Future 完成${timeout(timed)}`,
  'waits-for-latch': ({ timed }) => `等待 CountDownLatch${timeout(timed)}`,
  'waits-for-permit': ({ timed }) => `等待 Semaphore 的许可${timeout(timed)}`,
  'parked-on': ({ className, timed }) => `停在 ${className} 上 (parked)${timeout(timed)}`,
  sleeps: () => '在睡眠',
  'state-not-printed': () => '的状态在转储中没有写明',
  'blocked-at-unnamed-monitor': () => '阻塞在转储没有指明的监视器锁上',
  'waits-for-input': () => '在本地代码中等待输入输出（Java 把它算作 RUNNABLE）',
  runs: () => '在运行，或可以运行',
  'not-started': () => '尚未启动',
  ended: () => '已经结束',
  waits: ({ timed }) => `在等待${timeout(timed)}`,
};

export const doingText: typeof english.doingText = (does) => say(DOING, does);

export const doing: typeof english.doing = (graph, graphThread) => doingText(doingOf(graph, graphThread));

const HELD_UP_BY = table<string>({ network: '等待网络', lock: '等待一把看不到持有者的锁' });

export const heldUpText: typeof english.heldUpText = ({ does, at }, place) =>
  `，${at === null ? '' : `在 ${place} 中`}${KNOWN_FRAMES.find(({ id }) => id === does)?.title ?? HELD_UP_BY[does] ?? does}`;

/** Behind "等待". */
export const WAITS_FOR: typeof english.WAITS_FOR = {
  latch: ' CountDownLatch',
  future: ' Future',
  condition: ' Condition',
  notify: '被通知',
  thread: '一个线程结束',
  executor: '一个执行器结束',
  queue: '队列',
  connection: '连接',
  permit: '许可',
  barrier: '其他线程到达',
  process: '一个进程结束',
  socket: '套接字',
  http: ' HTTP 应答',
  sleep: '睡眠结束',
  lock: '锁',
  other: '被唤醒',
};

const they = ({ thread, threads }: EnderFacts): string => (threads === 1 ? `${quoted(thread)} ` : `${quoted(thread)} 等 ${threads} 个线程`);

export const ENDER: typeof english.ENDER = {
  'wants-lock': (facts) => `${they(facts)}在 ${facts.at} 中等待一把锁`,
  'reads-socket': (facts) => `${they(facts)}在 ${facts.at} 中读套接字，对方还没有应答`,
  'waits-for-network': (facts) => `${they(facts)}在 ${facts.at} 中等待网络`,
  waits: (facts) => `${they(facts)}自己也在 ${facts.at} 中等待${WAITS_FOR[facts.for ?? 'other']}`,
  runs: (facts) => `${they(facts)}在 ${facts.at} 中`,
};

export const subtasksWait: typeof english.subtasksWait = (threads, parallelism) => {
  if (parallelism === null) return `有 ${threads} 个线程在那里等待。`;
  if (threads === parallelism) return `全部 ${threads} 个子任务都在那里等待。`;
  return `${parallelism} 个子任务中有 ${threads} 个在那里等待。`;
};

const innermost = (className: string): string =>
  className
    .split(/[.$/ ]/)
    .filter((part) => part !== '' && !/^\d+$/.test(part))
    .at(-1) ?? className;

function bareClass(className: string): string {
  if (className.startsWith('[')) return simpleName(className);
  return className.startsWith('java.util.concurrent.') ? (simpleName(className).split('$')[0] ?? '') : innermost(className);
}

/** With a blank before a name that is no Chinese, to go on after Chinese. */
export const lockLabel: typeof english.lockLabel = ({ kind, className }, limit = 40) => {
  if (className === null) return LOCK_KIND[kind === 'class-init' ? 'other' : kind];
  const name = shorten(bareClass(className), limit);
  if (kind === 'class-init') return `类 ${name}`;
  if (kind !== 'monitor') return name;
  if (className === 'java.lang.Class') return '某个类的监视器锁';
  return className.startsWith('java.lang.Class for ') ? `类 ${name} 的监视器锁` : `监视器锁 ${name}`;
};

export const CYCLE_ON: typeof english.CYCLE_ON = {
  monitor: '这些锁是监视器锁 (synchronized)。',
  ownable: '这些锁是 java.util.concurrent 锁。',
  mixed: '这些锁不止一种。',
  virtual: '其中有虚拟线程，JVM 自己的死锁检测不看它们。',
  'class-init': 'JVM 自己的死锁检测不看类初始化。',
  'read-lock': '任何转储都不显示谁持有读锁。',
};

export const ACTIVITY: typeof english.ACTIVITY = {
  idle: '正常：无事可做',
  'back-pressured': '被反压',
  undecidable: '空闲或轻度反压',
  busy: '繁忙',
  blocked: '被阻塞',
  external: '等待 Flink 之外的东西',
  state: '在处理状态',
  checkpoint: '在做 Checkpoint',
  memory: '等待或分配内存',
  waiting: '在用户代码或连接器代码中等待',
  unknown: '不明',
};

export const RELATED: typeof english.RELATED = {
  'waits-for': ({ thread, lock, at }) => `${quotedThread(thread)} 在这里等待${shortName(lock)}${at === '' ? '' : `，在 ${at} 中请求`}`,
  holds: ({ thread, lock, taken }) =>
    `${quotedThread(thread)} ${lock.kind === 'class-init' ? '正在初始化' : '持有'}${shortName(lock)}${taken === '' ? '' : `，在 ${taken} 中取得`}`,
  'more-in-cycle': ({ count }) => `… 这个环中还有 ${count} 个线程`,
  'more-waiters': ({ count }) => `… 还有 ${count} 个线程`,
  'holder-does': ({ thread, does }) => `${quotedThread(thread)} 持有它，并且${doingText(does)}`,
  'holds-it': ({ thread }) => `${quotedThread(thread)} 持有它`,
  'waits-here': ({ thread }) => `${quotedThread(thread)} 在这里等待`,
  'it-waits-here': () => '它在这里等待',
  'it-computes-here': () => '它在这里计算',
  'computes-too': ({ thread }) => `${quotedThread(thread)} 也一直在计算`,
  'waits-too': ({ thread }) => `${quotedThread(thread)} 也在那里等待`,
  'may-end-it': (facts) => ENDER[facts.does](facts),
  wants: ({ thread, lock }) => `${quotedThread(thread)} 需要${shortName(lock)}`,
  'waits-for-result': ({ thread }) => `${quotedThread(thread)} 等待一个结果`,
  'waits-for-pool': ({ thread }) => `${quotedThread(thread)} 等待这个线程池`,
  'has-frames-of-bug': ({ thread }) => `${quotedThread(thread)} 有该缺陷的栈帧`,
  'waits-for-buffers': ({ thread }) => `${quotedThread(thread)} 等待网络缓冲`,
  'stands-at': ({ thread, frame, activity }) =>
    `${quotedThread(thread)}：${KNOWN_FRAMES.find(({ id }) => id === frame)?.title ?? ACTIVITY[activity]}`,
  'task-stands-here': () => '任务停在这里',
  cancels: ({ thread }) => `${quotedThread(thread)} 是来取消它的`,
};

export const FIXES: typeof english.FIXES = {
  'show-deadlock': () => '在锁等待图中显示这个死锁',
  'show-lock': () => '在锁等待图中显示这把锁',
  'show-thread': () => '在锁等待图中显示这个线程',
  'explain-deadlock': () => '复制对这个死锁的说明',
  'move-callback': ({ method, file }) => `把 ${file} 中的 ${method} 移到 synchronized 块之外`,
};

export const EXPLAIN: typeof english.EXPLAIN = {
  title: (kind, threads, certainty) => `${threads} 个线程的死锁${HELD_BY_KIND[kind]}（${CERTAINTY[certainty]}）。`,
  dump: (text) => `转储：${text}`,
  waits: (lock, owner) => `等待${shortName(lock)}，${heldBy(lock)}${owner === null ? '一个看不到的线程' : ` ${quotedThread(owner)}`}`,
  holds: (held) => `持有${held.map(({ lock, taken }) => `${shortName(lock)}${taken === '' ? '' : `，在 ${taken} 中取得`}`).join('；')}`,
  moreMembers: (count) => `… 环中还有 ${count} 个线程。`,
  victims: (names, more) => `不在环中但被它挡住的：${names.map((name) => quotedThread(name)).join('、')}${more > 0 ? ` 以及另外 ${more} 个` : ''}。`,
  evidence: '证据：',
  missing: '要确认它，请看：',
  jdkFrames: (count) => `… JDK 的 ${count} 个栈帧`,
  moreFrames: (count) => `… 还有 ${count} 个栈帧`,
};
