import { taskOfRole } from '../../analysis/threaddump/roles.ts';
import type { FlinkVersion } from '../../model.ts';
import { heldUpText } from '../../rules/threaddump/words.zh.ts';
import { bare, fitting, grouped, placeCut, threadCut } from '../../wording.ts';
import type * as english from './words.en.ts';
import { LOCK_LINES } from './words.en.ts';

// As jstack writes it.
export { LOCK_LINES };

export const CALL_TREE_FACETS: typeof english.CALL_TREE_FACETS = ['角色', '状态'];
export const CALL_TREE_UNIT: typeof english.CALL_TREE_UNIT = '线程';
export const OTHER_ROLE: typeof english.OTHER_ROLE = '其他';

const inAll = (dumps: number): string => `${dumps === 2 ? '两' : `全部 ${dumps} `}份转储`;

export const CALL_TREE: typeof english.CALL_TREE = {
  'idle-left-out': ({ count }) => `略去了 ${count} 个空闲的线程池线程。`,
  'stacks-cut': ({ count }) => `转储中有 ${count} 个线程的栈被截断；缺少外层栈帧，所以它们从更内层开始。`,
  'no-stacks': () => '转储中没有正在做事的线程的栈。',
};

export const callTreeTitle: typeof english.callTreeTitle = (dump, of) => (of === 1 ? '调用树' : `第 ${dump} 份转储的调用树`);

export const GAPS: typeof english.GAPS = {
  'owners-not-printed': ({ waiters }) =>
    `${waiters} 个线程等待的 java.util.concurrent 锁没有打印所有者：用 \`jstack -l\` 或 \`jcmd <pid> Thread.print -l\` 取转储。`,
  'breaks-off': () => '文本在转储的中间就结束了。',
  'stacks-cut': ({ threads }) => `${threads} 个线程的栈被截断；jstack 会完整打印。`,
  'stacks-cut-by-flink': ({ threads }) =>
    `${threads} 个线程的栈被截断；设置 cluster.thread-dump.stacktrace-max-depth（Flink 1.15 及以后）或使用 jstack。`,
  'stacks-not-listed': ({ threads }) => `死锁中 ${threads} 个线程的栈不在这段文本中。`,
  'headers-lost': ({ threads }) => `${threads} 个线程的第一行缺失，所以不知道它们的名字。`,
  'wanted-not-told': ({ threads }) =>
    `${threads} 个线程处于 BLOCKED，但这段文本没有说在等哪把锁：它们之间若有死锁也看不出来。以 "- waiting to lock" 或 "- locked" 开头的行可能在途中丢失：请看原始的转储。`,
  'holder-not-shown': ({ threads }) => `${threads} 个线程 BLOCKED 在监视器锁上，而这段文本中没有线程持有它：持有者可能在被截掉的部分，或是本地代码。`,
  'taken-without-locks': ({ threads }) => `${threads} 个线程没有一个显示所持有的锁：取转储时没有带上锁 (mode=lite)，死锁可能看不出来。`,
};

export const VERDICTS: typeof english.VERDICTS = {
  stuck: ({ thread, dumps }) => fitting([threadCut(thread)], (name) => `疑似："${name}" 卡住了：它在${inAll(dumps)}中停在同一位置`, 100),
  'held-up': (held) =>
    fitting(
      [held.task, placeCut(bare(held.at ?? ''))],
      (name, place) => `可能被拖住：${held.pool === null ? `"${name}"` : `${name} 的全部 ${held.pool} 个线程`}${heldUpText(held, place)}`,
      100,
    ),
  'only-at-work': ({ task, held }) =>
    fitting(
      [task, placeCut(bare(held?.at ?? ''))],
      (name, place) => `可能是瓶颈：${held === null ? `只有 "${name}" 的所有子任务都在工作` : `"${name}"${heldUpText(held, place)}`}`,
      100,
    ),
  'no-threads': () => '这份转储中没有可以读取的线程',
  'not-all-shown': ({ threads }) => `${threads} 个线程中没有看到死锁，但这份转储没有显示全部内容`,
  nothing: ({ threads }) => `${threads} 个线程中没有看到死锁，也没有线程卡在用户代码中`,
};

const TOLD_BY: Record<FlinkVersion['evidence'], string> = {
  'frame-lines': '栈帧的行号',
  'jar-tag': 'jar 标记',
  banner: '启动信息',
  plan: '计划',
  rest: 'REST API',
  setting: '设置 logjam.flinkVersion',
};

const counted = (state: string | null, count: number): string => `${count} 个 ${state ?? '没有打印状态'}`;

export const REPORT: typeof english.REPORT = {
  headings: {
    about: '转储',
    comparison: '比较',
    deadlocks: '死锁',
    locks: '被争用的锁',
    states: '状态',
    tasks: '任务',
    roles: '角色',
    stacks: '相同的栈',
    open: '这份转储没有说明的',
  },
  columns: {
    locks: ['锁', '等待者', '一共挡住', '根阻塞者'],
    states: ['状态', '线程数'],
    tasks: ['顶点', '这里的子任务', '空闲', '被反压', '空闲或轻度反压', '繁忙', '在用户代码中或 Flink 之外等待', '被阻塞'],
    roles: ['角色', '线程数', '空闲'],
  },
  study: {
    link: '链接',
    category: '类别',
    trigger: '触发',
    cause: '根本原因',
    consequence: '后果',
    fix: '修复',
    workaround: '规避办法',
    certainty: '确定程度',
    evidence: '证据',
  },
  finding: (line, times) => (times === 1 ? line : `${line}（${times} 次）`),
  more: (count) => `… 还有 ${count} 个`,
  dump: (number, of, time) => `第 ${number} 份转储，共 ${of} 份${time === null ? '' : ` (${time})`}`,
  format: (dialect, dumps) => `格式：${dialect}${dumps > 1 ? `，${dumps} 份转储` : ''}`,
  jvm: (text) => `JVM：${text}`,
  time: (text) => `时间：${text}`,
  flink: (version) => `Flink：${version === null ? '版本未知' : `${version.range}（依据：${TOLD_BY[version.evidence]}）`}`,
  threads: (counts) => `线程数：${counts.join('，')}`,
  unread: (parts) => `文本中有 ${parts} 处没有完整读出`,
  consequence: (threads, inDeadlock, victims) =>
    inDeadlock === null
      ? `${threads} 个线程显示了它。`
      : `${inDeadlock} 个线程永远互相等待${victims === 0 ? '' : `，另有 ${victims} 个在它们后面等待`}。`,
  fix: (fixed, affected) =>
    `${fixed.length === 0 ? '尚无发行版包含修复' : `升级到 ${fixed.join('、')} 或更新的版本`}。受影响的版本：${affected || '只有开发版'}。`,
  notVisible: '看不到',
  notPrinted: '没有打印',
  subtasks: (here, parallelism) => `${here}/${parallelism ?? '?'}`,
  moreVertices: (count) => `… 还有 ${count} 个顶点。`,
  undecidable: '空闲或轻度反压：任务线程在它的 Mailbox 中等待，一份转储分不清是哪一种。',
  bottleneck: (tasks) =>
    tasks.length === 0
      ? '有任务被反压，但可能的原因不在这份转储中：它可能在另一个 TaskManager 中。'
      : `疑似瓶颈：${tasks.map((task) => `"${task}"`).join('，其次是 ')}。`,
  onlyAtWork: (task) => `如果其他任务是被反压而不是空闲，那么 "${task}" 就是瓶颈：它的子任务没有一个在邮箱中等待。`,
  noRole: '角色不明',
  moreFrames: (count) => `… 还有 ${count} 个`,
  group: (states, names, threads) =>
    `**${threads} 个线程**（${states.map(([state, count]) => counted(state, count)).join('，')}）：${names.join('，')}${threads > names.length ? '，…' : ''}`,
  moreStacks: (count) => `… 还有 ${count} 个不同的栈。`,
  notExcluded: (key, title, version, toConfirm) =>
    `不能排除 ${key}（${title}）：Flink ${version} 有该缺陷，而转储不会显示它。要确认，需要：${toConfirm}。`,
};

export const roleText: typeof english.roleText = (known) => {
  const task = taskOfRole(known);
  const { title } = known.role;
  const purpose = /^[A-Za-z]/.test(title) ? ` ${title}` : title;
  return task === null ? title : `${task} 的${purpose}${known.attempt === null ? '' : `，执行尝试 ${known.attempt}`}`;
};

export const STACKS: typeof english.STACKS = {
  dump: (number, of, time) => REPORT.dump(number, of, time),
  counts: ({ threads, stacks, harmless }) =>
    `${threads} 个线程，${stacks} 个不同的栈；其中${harmless === 0 ? '没有' : ` ${grouped(harmless)} 个`}只是在等待工作${harmless === 0 ? '的' : ''}。`,
  group: (told) =>
    [
      `${told.threads} 个线程`,
      told.states.map(([state, count]) => `${told.states.length === 1 ? '' : `${count} `}${state ?? REPORT.notPrinted}`).join('，'),
      ...(told.roles.length > 0 ? [told.roles.slice(0, 3).join('，')] : []),
      ...(told.harmless ? ['无害：在等待工作'] : []),
    ].join(' · '),
  names: (names, of) => `${names.join('，')}${of > names.length ? ` 等 ${of} 个` : ''}`,
  moreFrames: (count) => REPORT.moreFrames(count),
  more: (count) => `… 还有 ${count} 个栈`,
  bare: (count) => `略去了 ${count} 个没有栈的线程。`,
};

export const COMPARED: typeof english.COMPARED = {
  dumps: ['转储', '时间', '线程数'],
  threads: ['线程', '在每份转储中的状态', '停在哪里', 'CPU 时间'],
  dump: (number, file) => `第 ${number} 份转储：${file}`,
  slow: (name, dumps) => `"${name}" 在${inAll(dumps)}中停在同一位置，其间几乎没有工作`,
  noTime: '没有时间',
  noState: '没有状态',
  absent: '–',
  growing: '不断增多的线程组',
  oneDump: '只有一份转储看不出变化：几秒之后再取一份',
  stuck: (count, first, dumps) =>
    count === 1 ? `"${first}" 在${inAll(dumps)}中停在同一位置` : `${count} 个线程在${inAll(dumps)}中停在同一位置，第一个是 "${first}"`,
  nothingStuck: (dumps, busy) => `${dumps} 份转储中没有线程卡住${busy === 0 ? '' : `；有 ${busy} 个在同一处繁忙`}`,
  cpu: (ms, share) => `${Math.round(ms)} ms${share === null ? '' : `，一个核的 ${Math.round(share * 100)} %`}`,
};

export const DIFF: typeof english.DIFF = {
  head: (dumps) => `${dumps.length} 份转储：${dumps.map(({ time, threads }) => `${time ?? '没有时间'}（${threads} 个线程）`).join('，')}`,
  verdicts: {
    stuck: '卡住：每份转储中的栈都相同，没有使用 CPU 时间',
    'busy-at-one-place': '在同一处繁忙：栈相同，用了十分之一个核或更多',
    gone: '消失',
    new: '新出现',
    moving: '在动',
  },
  suspicions: {
    deadlocked: '，死锁',
    'waits-in-user-code': '，在用户代码或连接器代码中等待',
    blocked: '，被阻塞',
    task: '',
    other: '',
  },
  count: (title, count) => `${title}：${count}`,
  more: (count) => `… 还有 ${count} 个`,
  idle: '空闲',
  nowAndThen: '在同一处，其间几乎没有工作',
  growing: '不断增多的线程组：',
  cpu: (ms, share) => `，CPU ${Math.round(ms)} ms${share === null ? '' : `（一个核的 ${Math.round(share * 100)} %）`}`,
};
