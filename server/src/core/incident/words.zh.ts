import { table } from '../../../../common/table.ts';
import { MEMORY_POOLS } from '../knowledge/memoryErrors.ts';
import { eventKind } from '../log/events.ts';
import { offsetText } from '../rules/log/clockWords.zh.ts';
import { oneLine } from '../text.ts';
import { formatBytes, formatDuration, grouped, listInChinese, say, shorten, type Words } from '../wording.ts';
import { checkpointAdvice, checkpointsEnded, checkpointVerdict, doesText, heldText, hiddenWaitVerdict, PHASES } from './checkpointWords.zh.ts';
import { endedText, lostAdvice, lostVerdict, noNodeText } from './lostWords.zh.ts';
import type { CauseFacts, EvidenceFacts } from './rules/rule.ts';
import { MAX_SENTENCE, method, processName, sentence, task } from './sentence.ts';
import type * as english from './words.en.ts';
import { nextCommand } from './words.en.ts';

// Commands are the same in every language.
export { nextCommand };

const unended = (text: string): string => text.replace(/(?<![\s.。])[\s.。]+$/, '');

const deadlockOf = (kind: string): string => (kind === 'class-init' ? '类初始化死锁' : '死锁');

const VERDICTS: Words<CauseFacts> = {
  deadlock: ({ threads, kind }) =>
    threads.length < 2
      ? sentence([threads[0] ?? '?'], (one) => `${deadlockOf(kind)}：${task(one as string)} 等待自己。`)
      : sentence([threads[0] as string, threads[1] as string], (one, other) => {
          const rest = threads.length > 2 ? ` 等 ${threads.length} 个线程` : ' ';
          return `${deadlockOf(kind)}：${task(one as string)} 和 ${task(other as string)}${rest}互相等待。`;
        }),
  'hidden-wait': hiddenWaitVerdict,
  'hanging-initialisation': ({ task: name, at }) =>
    sentence([name, method(at)], (one, place) => `${task(one as string)} 卡在初始化中，位于 ${place}：什么都还没有开始。`),
  convoy: ({ task: name, lock }) => sentence([name, lock], (one, other) => `${task(one as string)} 的子任务一次只有一个在工作：都需要锁 ${other}。`),
  'blocked-call': ({ task: name, at }) =>
    sentence([name, method(at)], (one, place) => `在每份转储中，${task(one as string)} 都在 ${place} 中等待网络应答。`),
  'lock-held': ({ task: name, holder }) => sentence([name, holder], (one, other) => `${task(one as string)} 等待的锁由 "${other}" 持有。`),
  'checkpoint-expired': checkpointVerdict,
  'back-pressure': ({ task: name, at, what, external }) =>
    at === null
      ? sentence([name], (one) => `${task(one as string)} 太慢：它之前的任务被反压。`)
      : sentence(
          [name, method(at)],
          (one, place) =>
            `${task(one as string)} 太慢，挡住了它之前的任务：它${what !== null ? `在 ${place} 中${doesText(what)}` : `${external ? '在向外调用：' : '在 '}${place}`}。`,
        ),
  'skewed-key': ({ task: name, subtask }) =>
    sentence([name], (one) => `键倾斜：${task(one as string)} 只有子任务 ${subtask} 在工作，并挡住了它之前的任务。`),
  'first-failure': ({ sentence: text, process }) => {
    const who = process === null ? '' : `TaskManager ${processName(process)}：`;
    const said = oneLine(text);
    return ended(shorten(who.length + said.length < MAX_SENTENCE ? `${who}${said}` : said, MAX_SENTENCE - 1));
  },
  'restart-loop': ({ sentence: text, restarts }) => {
    const before = `反复重启（${restarts} 次）。`;
    return ended(`${before}${shorten(oneLine(text), MAX_SENTENCE - 1 - before.length)}`);
  },
  'memory-exhausted': ({ pool, task: name, at, process }) => {
    const title = MEMORY_POOLS[pool as keyof typeof MEMORY_POOLS]?.title ?? `${pool} `;
    const who = name === null && process !== null ? (host: string) => `${process.taskManager ? 'TaskManager' : 'JobManager'} ${host}：` : () => '';
    if (at !== null)
      return sentence([process?.host ?? '', method(at)], (host, place) => `${who(host as string)}${title}已耗尽：${place} 又请求了更多。`);
    if (name === null) return sentence([process?.host ?? ''], (host) => `${who(host as string)}${title}已耗尽。`);
    return sentence([name], (one) => `${title}在 ${task(one as string)} 中耗尽。`);
  },
  'heartbeat-lost-in-gc': ({ process, pausedMs, windowMs, acrossMs }) =>
    sentence([process], (one) =>
      acrossMs !== null
        ? `失去了 TaskManager ${one}：一次 ${formatDuration(acrossMs)} 的垃圾回收跨过了那个时刻。`
        : pausedMs === null || windowMs === null
          ? `失去了 TaskManager ${one}：它停在垃圾回收中。`
          : `失去了 TaskManager ${one}：${formatDuration(windowMs)} 中有 ${formatDuration(pausedMs)} 花在垃圾回收上。`,
    ),
  'taskmanager-lost': lostVerdict,
  'cancel-stuck': ({ task: name, at, killed }) =>
    sentence(
      [name, method(at ?? '')],
      (one, place) => `${task(one as string)} 被取消却不结束${at === null ? '' : `，停在 ${place}`}${killed ? '：它的 TaskManager 因此终止' : ''}。`,
    ),
  'slots-missing': ({ needed, offered, waits, pod }) => {
    const node = pod === null ? '' : `；没有节点容得下一个 Pod${pod.why === null ? '' : `（${pod.why}）`}`;
    if (needed === null || offered === null || (waits && needed <= offered))
      return waits ? `作业在等待 Slot：没有任何 Task 被部署${node}。` : '集群的 Slot 少于作业所需。';
    return `Slot 不足：作业需要 ${needed} 个，集群提供 ${offered} 个${node}。`;
  },
  finding: ({ message }) => ended(shorten(oneLine(message), MAX_SENTENCE - 1)),
  healthy: ({ checkpoints, dumps, running, finished, shown }) => {
    if (shown !== 'threads') {
      const rest = shown === 'records' ? '记录在流动' : `${checkpoints} 个 Checkpoint 已完成`;
      return `没有发现故障：${rest}，没有任何失败；没有转储，新的卡死看不出来。`;
    }
    const rests = [
      running > 0 ? '作业在运行' : finished > 0 ? '作业已完成' : '作业一直运行到被取消',
      ...(checkpoints > 0 ? [`${checkpoints} 个 Checkpoint 已完成`] : []),
      ...(dumps > 0 ? [`${dumps} 份转储中没有任务卡住`] : []),
    ];
    return `一切正常：${rests.join('，')}。`;
  },
  'not-assessed': ({ sources, running, cancelled, checkpoints, heldUp, unread, failed, open }) => {
    if (unread > 0) return `在已读的内容中没有发现故障；有 ${unread} 个文件没有读。`;
    if (cancelled) return '作业被取消之前没有任何失败；它当时是否在前进，这里看不出来。';
    if (running && heldUp !== null)
      return sentence([heldUp], (one) => `没有任何失败，但 ${task(one as string)} 被挡住；是什么挡住它，这里看不出来。`);
    if (running && failed > 0) return `${failed} 个 Checkpoint 失败，此外没有失败；原因这里看不出来。`;
    if (running && open === 'all') return '没有任何失败，但还没有 Checkpoint 完成；转储会显示是否有 Checkpoint 卡死。';
    if (running && open === 'newest') return '没有任何失败，但最新的 Checkpoint 没有完成；转储会显示原因。';
    if (running && checkpoints > 0) return `没有任何失败，${checkpoints} 个 Checkpoint 已完成；反压或卡死这里看不出来。`;
    if (running) return '这里没有任何失败；作业是否在前进，要有转储或 Checkpoint 才看得出来。';
    return sources === 0 ? '这里没有可以读取的内容。' : '未作评估：这里没有显示正在运行的作业。';
  },
};

/** Phases of a checkpoint, by what the facts call them. */
const ended = (text: string): string => (/[.!?…。！？]$/.test(text) ? text : `${text}。`);

export const verdictSentence: typeof english.verdictSentence = (cause) => say(VERDICTS, cause);

const EVENTS = table<string>({
  'no-slots': '请求的 Slot 得不到',
  'watchdog-kill': '取消的看门狗结束了 TaskManager',
  'full-collections': '在此之前紧接着有 Full GC',
});

/** What follows the first sentence is told by the finding itself. */
const firstSentence = (message: string): string => {
  const line = oneLine(message);
  return /^.{10,}?(?:[.!?](?= [A-Z"0-9])|[。！？])/.exec(line)?.[0] ?? line;
};

const DOES = table<string>({
  idle: '空闲',
  'back-pressured': '在等待缓冲（反压）',
  undecidable: '在等待输入或缓冲',
  busy: '在工作',
  blocked: '在等待一把锁',
  external: '在向外调用',
  socket: '在读网络',
  state: '在处理状态',
  checkpoint: '在做 Checkpoint',
  memory: '在等待内存',
  waiting: '在等待',
});

const EVIDENCE: Words<EvidenceFacts> = {
  finding: ({ message, sources }) => `${unended(shorten(firstSentence(message), 200))}${sources > 1 ? `（见于 ${sources} 个来源）` : ''}`,
  failure: ({ text }) => unended(shorten(oneLine(text), 300)),
  event: ({ id, text }) => {
    const title = EVENTS[id] ?? eventKind(id)?.title ?? id;
    return text === '' ? title : `${title}：${shorten(oneLine(text), 200)}`;
  },
  thread: ({ thread, activity, at, dumps }) =>
    `"${oneLine(thread)}" ${DOES[activity] ?? ''}${at === null ? '' : `，位于 ${at}`}${dumps > 1 ? `，见于 ${dumps} 份转储` : ''}`,
  blocked: ({ waiting, lock, holder }) =>
    `${listInChinese(waiting.map((name) => `"${name}"`))} 等待 ${lock}${holder === null ? '' : `，持有者是 "${holder}"`}`,
  checkpoints: checkpointsEnded,
  held: heldText,
  acknowledged: ({ task: name, missing, of: all }) =>
    `${task(name)} 的子任务 ${listInChinese(missing.map(String))}${all === null ? '' : `（共 ${all} 个）`} 没有确认`,
  phase: ({ subtask, phase, ms }) => `${subtask}：在${PHASES[phase] ?? ` ${phase} `}阶段用了 ${formatDuration(ms)}`,
  load: ({ task: name, busy, backPressured }) =>
    `${task(name)}：${[busy === null ? '' : `繁忙 ${percent(busy)}`, backPressured === null ? (busy === null ? '被反压' : '') : `反压 ${percent(backPressured)}`].filter((text) => text !== '').join('，')}`,
  'some-pressure': () => '有一个顶点被反压；文档没有说是哪一个',
  'in-flight': ({ checkpoint, bytes }) => `Checkpoint ${checkpoint} 要保存 ${formatBytes(bytes)} 的在途数据：缓冲已满`,
  records: ({ task: name, subtask, records, all }) => `${task(name)} 的子任务 ${subtask} 读了它全部记录的 ${percent(records / Math.max(1, all))}`,
  share: ({ task: name, subtask, busy, others }) => `${task(name)} 的子任务 ${subtask} 繁忙 ${percent(busy)}，其余的最多 ${percent(others)}`,
  collector: ({ source, pausedMs, windowMs, acrossMs }) =>
    `${source}：${acrossMs === null ? '' : `一次 ${formatDuration(acrossMs)} 的垃圾回收跨过了失联的时刻；`}在那之前的 ${formatDuration(windowMs)} 中，JVM 停了 ${formatDuration(pausedMs)}`,
  stop: ({ source, what, ms }) => `${source}：${what} 使所有线程停了 ${formatDuration(ms)}`,
  'thread-ended': ({ thread, exception, at }) => `线程 "${thread}" 已在 ${at} 中因 ${exception} 结束`,
  sampled: ({ task: name, at, share }) => `${task(name)} 的样本中有 ${percent(share)} 在 ${at}`,
  'own-log': ({ name, ms, goesOn }) =>
    `它自己的日志 ${name} ${goesOn ? `在那之后还继续了 ${formatDuration(ms)}` : `在距那一刻 ${formatDuration(ms)} 处中断，没有提到任何结束`}`,
  'own-log-missing': ({ process }) => `${process} 的日志不在这里`,
  consequences: ({ count }) => `后来另有 ${count} 次失败是别的原因，从这里开始：是后果，或是另一件事`,
  ended: endedText,
  'no-node': noNodeText,
  undeployed: () => '作业为 RUNNING，但没有任何 Task 被部署',
  slots: ({ needed, offered }) => `需要：${needed ?? '未知'}；提供：${offered ?? '未知'}`,
  memory: ({ name, bytes }) => `${name}：${formatBytes(bytes)}`,
  running: ({ what }) => `作业状态：${what}`,
  completed: ({ checkpoints }) => `${checkpoints} 个 Checkpoint 已完成`,
  'taken-little': ({ task: name, read, given }) => `${task(name)} 是否在前进看不出来：至多 ${grouped(given)} 条记录中它读了 ${grouped(read)} 条`,
  'no-records': () => '作业是否在前进看不出来：它的文档还没有计到任何记录',
  moved: ({ records }) => `记录流经每个任务，最多 ${records} 条，没有任务被挡住`,
  'free-threads': ({ dumps, threads }) => `${dumps} 份转储中的 ${threads} 个任务线程，没有一个卡住`,
};

const percent = (share: number): string => `${Math.round(share * 100)} %`;

export const evidenceSentence: typeof english.evidenceSentence = (evidence) => say(EVIDENCE, evidence);

const ADVICE: Words<CauseFacts> = {
  deadlock: () => '重启 TaskManager：死锁不会自己结束。',
  'hidden-wait': () => '给等待加上超时，并且不要在算子中等待必须由它自己的线程或它的锁的持有者完成的事。',
  'hanging-initialisation': () => '给 open() 和 initializeState() 所等待的东西加上超时，使这次尝试失败并说明原因。',
  convoy: () => '给每个子任务一个自己的实例，而不是锁内的一个静态实例。',
  'blocked-call': () => '给客户端设置超时，并异步调用外部 (AsyncDataStream)；然后看看对方。',
  'lock-held': () => '看看持有者在做什么；第二份转储会显示它是否在动。',
  'checkpoint-expired': checkpointAdvice,
  'back-pressure': ({ external }) =>
    external ? '异步 (AsyncDataStream) 或成批地调用外部，或只提高这个顶点的并行度。' : '让这个顶点更快，或提高它的并行度；其他顶点不需要改动。',
  'skewed-key': () => '把键打散（加盐后再聚合一次，或本地预聚合）；更多的子任务没有用。',
  'first-failure': () => '修复它的异常链末端的原因；其后的失败都由它引起。',
  'restart-loop': () => '修复首个失败；后面几次尝试的失败是它留下的。',
  'memory-exhausted': ({ pool, at }) =>
    pool === 'container' && at === null
      ? '在调高容器的上限之前，先看看进程在堆之外用了什么内存。'
      : pool === 'threads'
        ? '先看看那个位置为什么启动这么多线程，它们是否会结束。'
        : '在调大内存池之前，先看看那个位置分配了什么。',
  'heartbeat-lost-in-gc': () => '堆对其中存活的对象来说太小：先看堆上的状态和缓存，再考虑 heartbeat.timeout。',
  'taskmanager-lost': lostAdvice,
  'cancel-stuck': () => '让代码响应中断；调大 task.cancellation.timeout 只会掩盖问题。',
  'slots-missing': ({ pod }) =>
    pod === null ? '增加 TaskManager 或 Slot，或降低作业的并行度。' : '给 Pod 腾出位置（更多节点，TaskManager 的请求小一些），或降低作业的并行度。',
  finding: () => '见该发现。',
  healthy: () => '无需处理。',
  'not-assessed': () => '补上缺少的内容：见覆盖范围。',
};

export const adviceSentence: typeof english.adviceSentence = (cause) => say(ADVICE, cause);

export const MISSING: typeof english.MISSING = {
  dumps: ({ process }) => `${process ?? '某个 TaskManager'} 的线程转储`,
  'dump-of-subtask': ({ task: name, subtask }) => `运行 ${task(name)} 的子任务 ${subtask} 的 TaskManager 的线程转储`,
  'more-dumps': ({ process }) => `几秒之后 ${process} 的第二份转储`,
  locks: ({ process }) => `${process ?? '某个 TaskManager'} 的一份带有线程所持锁的转储`,
  'master-log': () => 'JobManager 的日志',
  'worker-log': ({ process }) => `${process ?? '某个 TaskManager'} 的日志`,
  'gc-log': ({ process }) => `${process} 的 GC 日志`,
  plan: () => '作业的文档 (/jobs/JOB)',
  checkpoints: () => 'Checkpoint 的文档 (/jobs/JOB/checkpoints)',
};

export const DECIDES: typeof english.DECIDES = {
  dumps: () => '它的子任务的线程在做什么',
  'dump-of-subtask': () => '它的线程在等什么：这里的转储中没有它',
  'more-dumps': () => '第一份转储所显示的是否持续',
  locks: () => '线程是否互相等待：没有所持的锁，死锁可能显示不出来',
  'master-log': () => '作业做了什么，Checkpoint 是否完成',
  'worker-log': () => '它为什么失败或没有声息',
  'gc-log': () => '没有消息的时候，它是否停在垃圾回收中',
  plan: () => '哪个顶点供给哪个顶点，各有多忙',
  checkpoints: () => '哪个子任务没有确认，它处在哪个阶段',
};

export const UNRESOLVED: typeof english.UNRESOLVED = {
  process: ({ source }) => `${source} 属于哪个进程`,
  undated: ({ source }) => `${source} 的日期`,
  failure: ({ source, name }) => `${source} 中的首个失败，${name}`,
  clock: ({ source }) => `${source} 的时钟`,
  vertex: ({ source }) => `${source} 属于哪个顶点`,
};

export const UNRESOLVED_WHY: typeof english.UNRESOLVED_WHY = {
  process: ({ candidates }) => (candidates === 0 ? '这里没有日志确定属于同一进程' : `有 ${candidates} 个进程符合`),
  failure: () => '这里没有日志含有那个异常：它们是别的时间的，或不完整',
  undated: () => '它的时间没有日期，而其他日志的有；没有合并它',
  clock: ({ why }) => why,
  vertex: () => '文档没有说它属于哪个顶点；文件名中若有顶点的 id 就能说明',
};

export const AXIS: typeof english.AXIS = {
  offset: (offset) => `时间是日志的时间，时区为 ${offsetText(offset)}。`,
};

export const ENTRIES: typeof english.ENTRIES = {
  pause: ({ kind, ms }) => `${kind}：${formatDuration(ms)}`,
  dump: ({ threads }) => `${threads} 个线程的线程转储`,
  job: ({ from, to }) => `作业：${from} → ${to}`,
  state: ({ from, to }) => `从 ${from} 变为 ${to}`,
  repeated: ({ text, times }) => `${text}，${times} 次`,
};

export const WRITTEN: typeof english.WRITTEN = {
  line: (name, line) => `${name}，第 ${line} 行`,
  none: '不是 "logjam digest" 所写的摘要',
  damaged: '它的摘要已损坏，或由另一个版本的 Logjam 写成',
};
