import { table } from '../../../../common/table.ts';
import type { LockKind } from '../../core/analysis/threaddump/waits/model.ts';
import type { KnownFrame } from '../../core/knowledge/knownFrames.ts';
import { ACTIVITY, heldBy, shortName, WAITS_FOR } from '../../core/rules/threaddump/words.zh.ts';
import { quotedThread } from '../../core/wording.ts';
import type * as english from './words.en.ts';

const waiting = (threads: number): string => `${threads} 个线程等待`;

const CERTAINTIES = table<string>({ proved: '已证实', suspected: '疑似', unknown: '未知' });

export const LENSES: typeof english.LENSES = {
  ofDump: (number, of, verdict) => `第 ${number} 份转储，共 ${of} 份：${verdict}`,
  openReport: '打开报告',
  readable: '可读的文本',
  readableWhy: '把这份转储显示成 jstack 打印的样子，每个栈帧一行',
  stacks: '栈',
  stacksWhy: '把栈相同的线程放在一起，并给出数目',
  compare: (dumps) => `比较 ${dumps} 份转储`,
  compareWhy: '卡住、新出现或消失的线程',
  deadlock: (threads, proved, lock, owner) =>
    `${proved ? '' : '疑似'} ${threads} 个线程的死锁：这个线程等待${shortName(lock)}${
      owner === null ? '' : owner === 'itself' ? '，由它自己持有' : `，${heldBy(lock)} ${quotedThread(owner, 50)}`
    }`.trimStart(),
  showGraph: '在锁等待图中显示',
  wait: (what, at) => `在 ${at} 中等待${WAITS_FOR[what]}`,
  waitWhy: '它在用户代码或连接器代码中等待，其间它的子任务什么别的都不运行。打开报告',
  holdsUp: (threads) => `挡住 ${threads} 个线程`,
  holderWaits: '它自己也在等待，可能就在等这些线程之一。在锁等待图中显示',
  holderRuns: '它自己不等待锁：它继续下去就能放开它们。在锁等待图中显示',
};

export const HINTS: typeof english.HINTS = {
  owner: (lock, owner) => `${heldBy(lock)} ${quotedThread(owner, 40)}`,
  ownerWhy: (lock, owner) => `${quotedThread(owner)} ${lock.kind === 'class-init' ? '正在初始化这个类' : '持有这把锁'}`,
  waiting: (count) => `${count} 个等待`,
};

export const OUTLINE: typeof english.OUTLINE = {
  dump: (number, of) => (of === 1 ? '线程转储' : `第 ${number} 份转储，共 ${of} 份`),
  threads: (count) => `${count} 个线程`,
  deadlock: (threads) => `${threads} 个线程的死锁`,
  noState: '没有打印状态',
  noName: '（没有名字）',
  more: (count) => `… 还有 ${count} 个`,
  standing: {
    'in-deadlock': '在死锁中',
    'behind-deadlock': '在死锁后面',
    waits: '等待一把锁',
    none: '',
  },
};

export const LINKS: typeof english.LINKS = { open: (file) => `打开 ${file}` };

const LOCK: Record<LockKind, string> = {
  monitor: '监视器锁',
  ownable: 'java.util.concurrent 锁',
  'class-init': '类初始化',
  'read-lock': '读写锁，没有被独占',
  other: '用来发信号的对象',
};

export const LOCK_HOVER: typeof english.LOCK_HOVER = {
  title: (kind, id, className) => `${LOCK[kind]} ${id}${className === null ? '' : `，类 ${className}`}`,
  deadlock: (threads) => `**死锁**：这把锁是${threads === null ? '线程' : ` ${threads} 个线程`}的环的一部分。`,
  signal: '没有谁持有它：线程在这里等待，直到另一个线程发出信号。',
  noHolder: '没有看到谁持有它。',
  hidden: (why) => `看不到持有者。${why}`,
  holder: (name, does) => `由 ${name} 持有，它${does}。`,
  waiters: (count, names) => `${waiting(count)}它：${names}。`,
  noWaiters: '没有谁在等待锁住它。',
  signalled: (count, names) => `${waiting(count)}被通知或得到信号：${names}。`,
  root: (name, steps) => `根阻塞者：${name}，相隔 ${steps} 步。`,
  gaveUp: '这一行写着 "locked"，但线程已在 Object.wait() 中放开了监视器锁：它并不持有。',
  eliminated: 'JIT 编译器去掉了这把锁：没有谁持有它。',
  more: (count) => ` 以及另外 ${count} 个`,
};

export const THREAD_HOVER: typeof english.THREAD_HOVER = {
  title: (name, daemon, virtual) => `${daemon ? '守护' : ''}${virtual ? '虚拟' : ''}线程 ${name}`,
  does: (text) => `它${text}。`,
  owner: (name) => `它等待的由 ${name} 持有。`,
  heldUp: (count, names) => `${waiting(count)}它：${names.join('，')}${count > names.length ? ` 以及另外 ${count - names.length} 个` : ''}。`,
  lock: (name, lock) => `${name} (${lock})`,
  deadlock: (certainty, names, more) =>
    `**死锁**（${CERTAINTIES[certainty] ?? certainty}），按等待顺序：${[...names, ...(more > 0 ? [`另外 ${more} 个`] : []), names[0]].join(' → ')}`,
  behind: (threads) => `**被 ${threads} 个线程的死锁挡住**，但不是其中一员。`,
  state: (state, inferred, cpuMs) =>
    `状态 ${state}${inferred ? '（由它的锁的行推得）' : ''}${cpuMs === null ? '' : `，CPU 时间 ${Math.round(cpuMs)} ms`}。`,
  at: (place) => `位于 ${place}。`,
  cut: '它的栈被截断；缺少外层栈帧。',
  carries: (id) => `它承载虚拟线程 ${id}。`,
};

const GENERATED: Record<english.GeneratedBy, string> = {
  initialiser: '静态初始化器：这个线程正在初始化该类，需要它的其他线程都在等待。',
  lambda: 'JVM 为 lambda 表达式生成的类。',
  reflection: '反射或方法句柄。',
  proxy: '运行时生成的代理类 (CGLIB)。',
};

export const FRAME_HOVER: typeof english.FRAME_HOVER = {
  position: (index, of) => (index === 0 ? '线程在这里：最内层的栈帧。' : `第 ${index + 1} 个栈帧，共 ${of} 个，从最内层数起。`),
  module: (name) => `来自模块 ${name}。`,
  jdk: 'JDK 的一部分。',
  generated: (by) => GENERATED[by],
  takes: (lock, waiters) => `在这里取得${lock}${waiters > 0 ? `；有 ${waiters} 个在等待它` : ''}。`,
  native: '本地代码',
  noSource: '源代码位置未知',
  source: (file, line) => `${file}${line === null ? '' : `，第 ${line} 行`}`,
};

const SUSPICIOUS: Record<KnownFrame['suspicious'], string> = {
  no: '正常。',
  'if-long': '短时间内正常；如果持续就是问题的迹象。',
  yes: '问题的迹象。',
};

export const KNOWLEDGE_HOVER: typeof english.KNOWLEDGE_HOVER = {
  role: (role, meaning, next) => `**角色**：${role}。${meaning}${next ?? ''}`,
  standing: (title, activity, meaning) => `**${title}**（${ACTIVITY[activity]}）。${meaning}`,
  state: (state, meaning) => `${state}：${meaning}`,
  frame: ({ title, versions, meaning, suspicious, next }) =>
    `**${title}** (Flink ${versions})。${meaning}\n\n${SUSPICIOUS[suspicious]}${/^(?:Nothing\.|无需处理。)$/.test(next) ? '' : `下一步：${next}`}`.trimEnd(),
  class: (name, meaning) => `**${name}**：${meaning}`,
};
