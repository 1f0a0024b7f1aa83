import { doingText, HIDDEN, shortName } from '../../rules/threaddump/words.zh.ts';
import { quotedThread } from '../../wording.ts';
import type * as english from './lockWaitWords.en.ts';

export const GRAPH: typeof english.GRAPH = {
  'graph-title': ({ dump, of, time }) => (of < 2 ? '锁等待图' : `第 ${dump} 份转储（共 ${of} 份）的锁等待图${time === null ? '' : ` (${time})`}`),
  'no-dump': () => '这个文件中没有可以读取的线程转储。',
  'no-threads': () => '这份转储中没有可以读取的线程。',
  'format-without-locks': ({ threads }) =>
    `转储中有 ${threads} 个线程，但这种格式不说明谁在等哪把锁。用 jstack -l 或 jcmd Thread.print -l 取转储即可看到。`,
  'nobody-waits': ({ threads, signals, synchronizers }) =>
    [
      `这份转储的 ${threads} 个线程没有一个在等待锁。`,
      ...(signals === 0 ? [] : [`${signals} 个线程在等待信号（notify、Condition、Future），它们没有持有者。`]),
      ...(synchronizers ? [] : ['java.util.concurrent 锁的持有者不在这份转储中；jstack -l 会列出。']),
    ].join(''),
  'other-dumps': ({ dump, of }) => `文件中有 ${of} 份转储；这是第 ${dump} 份。把光标放到另一份中，从那里打开图即可看到它。`,
  'idle-left-out': () => '略去了既不等待锁、也不持有被等待的锁的线程。',
  'breaks-off': () => '转储中断了；锁可能有这里缺失的持有者和等待者。',
  'stacks-cut': () => '栈被截断，所以锁可能有没有显示的持有者。',
  'owners-not-listed': () => '转储没有列出谁持有 java.util.concurrent 锁；只显示它在别处提到的所有者。',
  'sampled-dump': () => '这些线程是逐个采样的，不是同一时刻。',
  'locks-left-out': ({ shown, left }) => `显示挡住线程最多的 ${shown} 把锁；另外 ${left} 把略去。`,
  'waiters-grouped': ({ count }) => `${count} 个等待的线程画在一起，因为它们没有持有别人等待的东西。`,
};

export const LEGEND: typeof english.LEGEND = [
  { for: 'thread', text: '线程' },
  { for: 'virtual-thread', text: '虚拟线程' },
  { for: 'monitor', text: '监视器锁 (synchronized)' },
  { for: 'synchronizer', text: 'java.util.concurrent 锁' },
  { for: 'class-init', text: '正在初始化的类' },
  { for: 'aggregate', text: '等待情况相同的几个线程' },
  { for: 'waits-for', text: '等待' },
  { for: 'held-by', text: '持有者是' },
  { for: 'cycle', text: '死锁的一部分' },
  { for: 'victim', text: '在死锁后面等待' },
  { for: 'suspect', text: '根阻塞者：挡住别人，自己不等待锁' },
];

const STANDING: Record<english.Standing, (behind: number) => string> = {
  'in-deadlock': () => '它是死锁的一部分。',
  'behind-deadlock': () => '它在死锁后面等待。',
  'holds-up': (behind) => `它挡住了 ${behind} 个线程。`,
  none: () => '',
};

export const DESCRIPTIONS: typeof english.DESCRIPTIONS = {
  lock: ({ lock, owner, hidden, waiters, total }) =>
    `${shortName(lock)}。${owner === null ? `看不到它的持有者。${HIDDEN[hidden]}` : `持有者是 ${quotedThread(owner)}。`}${waiters} 个线程等待它，一共有 ${total} 个排在它后面。`,
  thread: ({ thread, does, standing, behind }) =>
    `线程 ${quotedThread(thread)} ${does === null ? '' : doingText(does)}。${STANDING[standing](behind)}`,
  group: ({ lock, count }) => `另有 ${count} 个线程等待${shortName(lock)}，它们没有持有别人等待的东西。`,
  waits: ({ thread, lock }) => `${quotedThread(thread)} 等待${shortName(lock)}。`,
  'group-waits': ({ lock, count }) => `${count} 个线程等待${shortName(lock)}。`,
  held: ({ lock, owner, suspected }) => `${shortName(lock)} ${suspected ? '可能' : ''}由 ${quotedThread(owner)} 持有。`,
};

export const LABELS: typeof english.LABELS = {
  waiting: (count) => `${count} 个等待`,
  holderNotVisible: '看不到持有者',
  classInit: '类初始化',
  deadlock: '死锁',
  holdsUp: (count) => `挡住 ${count} 个`,
  moreThreads: (count) => `+${count} 个线程`,
  waitFor: (lock) => `等待 ${lock}`,
  waits: (timed) => (timed ? '等待（有超时）' : '等待'),
  groupWaits: '等待',
  held: (suspected) => (suspected ? '持有者是？' : '持有者是'),
  notPrinted: '没有打印',
  notVisible: '看不到',
  details: {
    class: '类',
    id: 'Id',
    holder: '持有者',
    waiters: '等待它的',
    total: '排在它后面的',
    role: '角色',
    state: '状态',
    does: '在做',
    at: '位置',
  },
};
