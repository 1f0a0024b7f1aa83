import { table } from '../../../../../common/table.ts';
import { sameCause } from '../../analysis/log/causes.ts';
import type { CheckpointSubtask } from '../../analysis/log/checkpointBehind.ts';
import type { Cause, CauseFacts, Episode, EpisodeEvidenceFacts, FailedFacts, Failure, LostFacts, Thrown } from '../../analysis/log/failureModel.ts';
import type { ConsequenceReason } from '../../knowledge/consequences.ts';
import { endKind } from '../../knowledge/processEnds.ts';
import { plainWords } from '../../knowledge/serviceAnswers.ts';
import { eventKind } from '../../log/events.ts';
import type { Damage } from '../../log/model.ts';
import { parseTaskName, shortTask } from '../../log/taskNames.ts';
import type { IncompleteFacts } from '../../log/traces/throwables.ts';
import { oneLine } from '../../text.ts';
import { fitting, formatBytes, formatDuration, grouped, listInChinese, say, sentences, shorten, type Words } from '../../wording.ts';
import { briefThrown, firstSentence, innermost, squeezed, thrownWithin } from './brief.ts';
import type * as english from './words.en.ts';

const FAILED: Words<FailedFacts> = {
  task: ({ name, subtask }) => `${shortTask(name ?? '?')} ${subtask === null ? '任务' : `的子任务 ${subtask} `}失败`,
  process: ({ event }) => eventKind(event)?.title ?? event,
  worker: ({ id }) => `TaskManager ${id} 结束了`,
  missing: ({ process, id }) => `${process} ${id} 失去联系`,
  enumerator: ({ source }) => `Source ${source} 的 split enumerator 失败`,
  shutdown: () => '进程关闭',
  'global-failure': () => '整个作业失败',
  'job-reported': () => '作业失败',
  'request-failed': () => '对 REST API 的请求失败',
  'operator-error': ({ resource, state, error }) =>
    `Kubernetes Operator 报告 ${resource ?? '一个资源'} (${state}) 的${error === null ? '一个错误' : `错误 "${shorten(error, 60)}"`}`,
  'restart-refused': ({ job }) => `重启策略放弃了作业 ${job}`,
  'job-ended': ({ job }) => `作业 ${job} 以 FAILED 结束`,
  'job-switched': ({ job, from, to }) => `作业 ${job} 从 ${from} 变为 ${to}`,
  exception: ({ message, named }) => (message !== null ? `异常，随 "${message.slice(0, 100)}" 打印` : named ? '文本中的异常' : '一个堆栈'),
};

export const failureTitle: typeof english.failureTitle = ({ failed }) => say(FAILED, failed);

const thrownText = ({ className, message }: { className: string; message: string }): string =>
  message === '' ? className : `${className}: ${message}`;

const causes = (thrown: (one: Thrown) => string): Words<CauseFacts> => ({
  exception: ({ root, within }) => (within === null ? thrown(root) : `${thrown(root)}（外层：${thrown(within)}）`),
  'out-of-memory': ({ pool }) => `${thrown({ className: 'java.lang.OutOfMemoryError', message: pool ?? '' })}`,
  'container-killed': ({ limit, oom, exitCode }) => {
    if (limit !== null) return `容器被杀死：超过了 ${limit} 的内存限制${exitCode === null ? '' : `（退出码 ${exitCode}）`}`;
    if (oom) return '容器被杀死：OOMKilled';
    return exitCode === null ? '容器应请求被杀死' : `容器被 SIGKILL 杀死（退出码 ${exitCode}）`;
  },
  'process-ended': ({ reason, exitCode, detail, master }) => {
    const title = endKind(reason).title;
    const code = exitCode === null || /exit codes? |退出码/.test(title) ? '' : `（退出码 ${exitCode}）`;
    return `${master ? 'ApplicationMaster' : '容器'}：${title}${detail === null ? code : `：${detail}`}`;
  },
  'jvm-crash': ({ signal, frame, library, wanted }) => {
    if (wanted !== null) return `JVM 没有从操作系统得到内存：${wanted}`;
    const where = library ?? frame;
    return `JVM 崩溃${signal === null ? '' : `，信号 ${signal}`}${where === null ? '' : `，位于 ${where}`}`;
  },
  python: ({ raised }) => `${thrown(raised)}（在 Python 中）`,
  checkpoint: ({ id, expired, afterMs, root, reason }) => {
    const which = id === null ? '最后一个 Checkpoint' : `Checkpoint ${id}`;
    if (expired) return `${which} ${afterMs === null ? '' : `在 ${formatDuration(afterMs)} 后`}超时`;
    return `${which} 失败${root !== null ? `：${thrown(root)}` : reason === null ? '' : `：${reason}`}`;
  },
  'cancel-ignored': ({ task, at }) => `${task} 不响应取消${at === null ? '' : `，停在 ${at}`}`,
  slots: ({ required, offered }) => `Slot 不足：需要 ${required} 个，提供 ${offered} 个`,
  'worker-refused': ({ root }) => (root === null ? 'TaskManager 启动后没有注册' : `无法启动 TaskManager：${thrown(root)}`),
  'state-unmapped': ({ operator, path, maximum }) =>
    maximum === null
      ? `所恢复状态中的算子 ${operator} 不在作业里${path === '' ? '' : ` (${path})`}`
      : `算子 ${operator}：所恢复状态的最大并行度是 ${maximum.restored}，作业的是 ${maximum.now}`,
  'serializer-changed': ({ of, before, now }) => serializerText(of, before, now),
  'leadership-lost': ({ how, seconds, root }) => {
    const why = how === 'lease' ? `租约${seconds === null ? '' : `有 ${seconds} s `}没有续上` : '与 ZooKeeper 的连接断了';
    return `失去 leader 身份${how === null ? '' : `：${why}`}${root === null ? '' : ` (${thrown(root)})`}`;
  },
  signal: ({ name }) => `来自外部的 SIG${name ?? ''}`,
});

const SERIALIZED = table<string>({ state: '状态', key: '键', namespace: 'namespace' });

function serializerText(of: string, before: string, now: string): string {
  const what = SERIALIZED[of] ?? of;
  return before === now ? `${what}由 ${before} 写入，与现在的不兼容` : `${what}的序列化器由 ${before} 变为 ${now}，两者不兼容`;
}

const CAUSES = causes(thrownText);

export const causeText: typeof english.causeText = (cause) => say(CAUSES, cause);

function poolOf({ root, within }: CauseFacts['exception']): string | null {
  const thrown = within ?? root;
  return /(?:^|\.)OutOfMemoryError$/.test(thrown.className) ? thrown.message : null;
}

function exhausted(pool: string): string {
  const [name = ''] = pool.split(/\. | \(/, 1);
  return name === '' ? '内存耗尽' : `内存耗尽：${name}`;
}

const BRIEF_CAUSES: Words<CauseFacts> = {
  ...causes(briefThrown),
  exception: (facts) => {
    const pool = poolOf(facts);
    if (pool !== null) return exhausted(pool);
    return /(?:^|\.)MemoryReservationException$/.test(facts.root.className) ? 'Slot 的托管内存不够' : briefThrown(facts.within ?? facts.root);
  },
  'out-of-memory': ({ pool }) => exhausted(pool ?? ''),
  'process-ended': (facts) => CAUSES['process-ended']({ ...facts, detail: facts.detail === null ? null : firstSentence(facts.detail) }),
  'cancel-ignored': ({ task, at }) => `${shortTask(task)} 不理会取消${at === null ? '' : `，停在 ${at.replace(/^(?:[a-z_][\w]*\.)+/, '')}`}`,
  'serializer-changed': ({ of, before, now }) => serializerText(of, innermost(before), innermost(now)),
  'state-unmapped': ({ operator, maximum }) =>
    maximum === null ? `所恢复状态中的算子 ${operator} 不在作业里` : `算子 ${operator}：最大并行度原为 ${maximum.restored}，现为 ${maximum.now}`,
};

function briefCause(cause: Cause, room: number): string {
  const plain = cause.code === 'python' ? plainWords(thrownText(cause.facts.raised)) : null;
  if (plain !== null) return shorten(plain, room);
  const text = unended(oneLine(say(BRIEF_CAUSES, cause)));
  return isThrown(cause) && cause.code === 'exception'
    ? thrownWithin(cause.facts.within ?? cause.facts.root, text, room)
    : shorten(squeezed(text, room), room);
}

const CONSEQUENCES: Readonly<Record<ConsequenceReason, string>> = {
  cancelled: '该子任务被取消',
  'peer-failed': '对端的 TaskManager 先失败',
  'partition-missing': '分区的生产者已失败或尚未就绪',
  'producer-failed': '分区的生产者先失败',
  'producer-disconnected': '与生产者的连接断了',
  'going-down': '其进程或作业已在关闭',
  'peer-silent': '另一个进程没有声息',
  'peer-ended': '另一个进程已经结束',
  'peer-closed': '对端的进程关闭了连接',
  'callee-gone': '被调用的进程已不在',
  interrupted: '线程被中断，通常是因为取消',
  'slots-gone': 'ResourceManager 已把它的 TaskManager 移出集群',
  'slots-lost': '失去了一个 TaskManager，它的 Slot 没有了',
  'restart-refused': '作业失败的次数已达到重启策略的上限',
  'lost-leadership': '另一个 JobManager 接管了作业',
  'being-torn-down': '任务已在拆除中',
};

export const consequenceText: typeof english.consequenceText = (reason) => CONSEQUENCES[reason];

const LOST: Words<LostFacts> = {
  unreachable: ({ process, id }) => `${process} ${id} 不再可达`,
  silent: ({ process, id }) => `没有 ${process} ${id} 的任何消息`,
  disconnected: ({ peer }) => `与 TaskManager ${peer} 的连接断了`,
};

const LOST_HEADLINES: Words<LostFacts> = {
  unreachable: ({ process, id }) => `与 ${process} ${id} 失去联系`,
  silent: ({ process, id }) => `与 ${process} ${id} 失去联系`,
  disconnected: ({ peer }) => `与 TaskManager ${peer} 的连接断了`,
};

const MAX_CAUSE_LENGTH = 300;

function crashText(cause: Cause): string {
  if (cause.code !== 'jvm-crash') return '';
  const { frame, memory } = cause.facts;
  return `${frame === null ? '' : `；出问题的栈帧 ${frame}`}${memory === null ? '' : `；内存：${memory}`}`;
}

const EVIDENCE: Words<EpisodeEvidenceFacts> = {
  first: ({ failure }) => {
    const cause = failure.cause === null ? '' : `${shorten(causeText(failure.cause), MAX_CAUSE_LENGTH)}${crashText(failure.cause)}`;
    const title = failureTitle(failure);
    // The cause may say in other words that this failed.
    if (failure.seen && cause.startsWith(title)) return cause;
    return failure.seen || cause !== '' ? `${title}${cause === '' ? '' : `：${cause}`}` : `${title}（在这一行之前：只报告了它的最终状态）`;
  },
  further: ({ failure }) =>
    failure.consequence === null ? failureTitle(failure) : `${failureTitle(failure)}：${consequenceText(failure.consequence)}`,
  cancelled: ({ count }) => `从这里开始有 ${count} 个子任务被取消`,
  lost: ({ lost }) => say(LOST, lost),
};

export const evidenceText: typeof english.evidenceText = (evidence) => say(EVIDENCE, evidence);

const MAX_SENTENCE_LENGTH = 100;
const MAX_HEADLINE_LENGTH = 89;
const FIRST = '首个失败：';

export const verdictLine: typeof english.verdictLine = (episode) => {
  const { first, rest } = episode;
  const suspected = first.causeCertainty === 'suspected' && !dealtWith(first, rest) && !episode.symptomOnly ? '（疑似）' : '';
  const lead = leadText(episode, FIRST, MAX_SENTENCE_LENGTH - suspected.length - 1);
  return ended(`${lead}${suspected}`);
};

export const verdictText: typeof english.verdictText = (episode) => sentences([verdictLine(episode), ...episodeDetails(episode)]);

export const episodeHeadline: typeof english.episodeHeadline = (episode, { number, of, count }) => {
  const often = count > 1 ? `（${grouped(count)} 次）` : '';
  const before = number > 1 ? `第 ${grouped(number)} 次失败（共 ${grouped(of)} 次）：` : '';
  const room = MAX_HEADLINE_LENGTH - often.length;
  const lead = before === '' ? leadText(episode, FIRST, room) : `${before}${leadText(episode, '', room - before.length)}`;
  return `${lead}${often}`;
};

export const countTexts: typeof english.countTexts = ({ number, of, count, causes: all }) => {
  if (of < 2) return [];
  return [
    ...(number === 1 ? [`共 ${of} 次失败，${all} 种原因。`] : []),
    ...(count > 1 && all > 1 ? [`${grouped(of)} 次失败中有 ${grouped(count)} 次是这个原因。`] : []),
  ];
};

function recoveryText({ recovery }: Episode): string[] {
  if (recovery === null) return [];
  const { ms, checkpoints, failures } = recovery;
  return [
    `${failures > 1 ? '最后一次失败之后' : ''}作业已重新运行：${formatDuration(ms)} 内恢复，此后完成了 ${grouped(checkpoints)} 个 Checkpoint。`,
  ];
}

export const episodeDetails: typeof english.episodeDetails = (episode) => {
  const { cancelled } = episode;
  const parts = [...recoveryText(episode), ...restText(episode)];
  const alone = episode.rest.filter((one) => one.consequence === null);
  const same = alone.filter((one) => sameCause(one.cause, episode.first.cause));
  const own = alone.filter((one) => !same.includes(one));
  const consequences = episode.rest.length - alone.length;
  if (same.length > 0) parts.push(`另有 ${same.length} 次失败是同样的原因。`);
  if (consequences > 0) parts.push(`由它又引起了 ${consequences} 次失败。`);
  if (own.length > 0) {
    const [time, first] = [own[0]?.time ?? null, episode.first.time];
    const after = time !== null && first !== null && time >= first ? `${formatDuration(time - first)} 之后` : '';
    parts.push(`${after}另有 ${own.length} 次失败，各有自己的原因。`);
  }
  if (cancelled.length > 0) parts.push(`${cancelled.length} 个子任务被取消。`);
  return parts;
};

function leadText({ first, rest, symptomOnly, lost, recovery }: Episode, before: string, room: number): string {
  const sentence = (start: string, text: string, after = '') => `${start}${shorten(text, room - start.length - after.length)}${after}`;
  if (symptomOnly) {
    if (first.failed.code === 'missing') return sentence('失去联系：', missedName(first.failed.facts), READ_ITS_LOG);
    if (lost !== null) return sentence('', say(LOST_HEADLINES, lost), READ_ITS_LOG);
    return sentence('这段文本中只有后果：', first.consequence === null ? failureTitle(first) : consequenceText(first.consequence));
  }
  if (first.cause === null) {
    if (!first.seen) return sentence(before, failureTitle(first), '；其原因在这段文本之前');
    if (first.kind === 'exception') return sentence('', '没有异常行的堆栈');
    const told = first.failed.code === 'operator-error' && first.failed.facts.error !== null;
    return sentence(before, failureTitle(first), told ? '' : '；没有随之打印异常');
  }
  if (recovery !== null && first.cause.code === 'leadership-lost') {
    const end = '；作业已重新运行';
    return `${briefCause(first.cause, room - end.length)}${end}`;
  }
  const start = dealtWith(first, rest) ? '异常：' : isThrown(first.cause) ? before : '';
  const cause = briefCause(first.cause, room - start.length);
  return sentence(start, cause);
}

const READ_ITS_LOG = '；请看它的日志';

const isThrown = (cause: Cause): boolean => cause.code === 'python' || (cause.code === 'exception' && poolOf(cause.facts) === null);

const missedName = ({ process, id }: { process: string; id: string }): string => `${process} ${id}`;

const dealtWith = (first: Failure, rest: readonly Failure[]): boolean =>
  first.kind === 'exception' && first.causeCertainty === 'suspected' && rest.length === 0;

/** Whose part of a checkpoint failed. */
const checkpointOf = ({ checkpoint, task, subtask, host }: CheckpointSubtask): string =>
  `Checkpoint ${checkpoint} 失败于 ${shortTask(task)} 的子任务 ${subtask}${host === null ? '' : `（在 ${host} 上）`}。`;

function restText({ first, rest, symptomOnly, lost }: Episode): string[] {
  if (symptomOnly) {
    if (first.failed.code === 'missing') return ['它为什么不在了，这段文本中没有。'];
    const reason = first.consequence === null || lost === null ? '' : `，因为${consequenceText(first.consequence)}`;
    return [`${failureTitle(first)}${reason}。`, lost === null ? '最先失败的是什么，这段文本中没有。' : '原因不在这段文本中。'];
  }
  if (first.cause === null) return [];
  const struck = [
    ...struckText(first),
    ...(first.checkpoint?.subtask == null ? [] : [checkpointOf(first.checkpoint.subtask)]),
    ...(first.about === undefined ? [] : [`涉及 ${shorten(first.about, 200)}。`]),
  ];
  if (dealtWith(first, rest)) return [...struck, '这段文本中没有子任务也没有作业失败，所以它可能已被处理。'];
  if (first.causeCertainty === 'suspected') return [...struck, '它在此前不久抛出；文本没有把两者联系起来。'];
  return struck;
}

function threadText(thread: string): string {
  const name = parseTaskName(thread);
  return name === null ? `它在线程 "${shorten(thread)}" 中。` : `它在运行 ${shortTask(name.task)} 的子任务 ${name.subtask}/${name.parallelism}。`;
}

function struckText(first: Failure): string[] {
  const { failed, cause } = first;
  if (failed.code === 'shutdown' || (failed.code === 'exception' && failed.facts.message === null)) return [];
  if (cause?.code === 'jvm-crash')
    return [
      ...(cause.facts.thread === null ? [] : [threadText(cause.facts.thread)]),
      ...(cause.facts.report === null ? [] : [`它的报告：${cause.facts.report}。`]),
    ];
  if (failed.code === 'process' && (cause?.code === 'out-of-memory' || cause?.code === 'container-killed')) return [];
  if (failed.code === 'exception') return [`它随 "${shorten(oneLine(failed.facts.message ?? ''), 100)}" 一起打印。`];
  return [`${failureTitle(first)}。`];
}

const unended = (text: string): string => text.replace(/(?<![\s.。])[\s.。]+$/, '');

const ended = (text: string): string => (/[!?…！？。]$/.test(text) ? text : `${text}。`);

const DAMAGES: Readonly<Record<Damage, string>> = {
  'joined-frames': '栈帧挤在一行上，或没有 "at"',
  'frames-left-out': '有栈帧被省略 ("...")',
};

export const damageText: typeof english.damageText = (damage) => DAMAGES[damage];

const INCOMPLETE: Words<IncompleteFacts> = {
  damaged: ({ how }) => `这个堆栈的文本已损坏（${damageText(how)}）`,
  uncounted: () => '文本没有说省略了多少栈帧',
  'no-enclosing': () => '外层的堆栈不在文本中',
  'enclosing-incomplete': () => '外层的堆栈本身就不完整',
  'enclosing-too-short': ({ frames }) => `外层的堆栈只有 ${frames} 个栈帧`,
  'enclosing-cut': () => '外层的堆栈中有栈帧被省略 ("...")',
};

export const incompleteText: typeof english.incompleteText = (why) => say(INCOMPLETE, why);

const whose = (name: string, count: number): string => (count > 1 ? `${grouped(count)} 次执行尝试` : name);

export const TRANSITIONS: typeof english.TRANSITIONS = {
  illegal: ({ name, from, to, count }) => fitting([name], (one) => `Flink 没有从 ${from} 到 ${to} 的转换：${whose(one, count)}`),
  gap: ({ name, from, expected, count }) => fitting([name], (one) => `日志有缺口：${expected} 之后没有 ${from}：${whose(one, count)}`),
};

export const attemptName: typeof english.attemptName = (task, subtask) => `${shortTask(task ?? '?')}${subtask === null ? '' : ` (${subtask})`}`;

const briefMethod = (method: string): string => method.split('.').slice(-2).join('.');

const lateText = ({ task, subtasks, of }: english.CheckpointsFailFacts['late'][number]): string =>
  subtasks.length > 3
    ? `"${task}" 的 ${of === null ? '' : `${of} 个中的 `}${subtasks.length} 个子任务`
    : `"${task}" 的子任务 ${listInChinese(subtasks.map(String))} `;

export const LOG_FINDINGS: typeof english.LOG_FINDINGS = {
  consequence: {
    message: ({ failed, consequence, count }) => {
      const reason = CONSEQUENCES[consequence];
      return count > 1 ? `${grouped(count)} 次失败，因为${reason}` : fitting([say(FAILED, failed)], (title) => `${title}，因为${reason}`);
    },
    details: ({ first }) => [`最先失败的：${say(FAILED, first)}。`],
  },
  stuck: {
    message: ({ task, at, own }) => {
      const method = own ?? at;
      return method === null
        ? fitting([task], (name) => `${name} 不响应取消`)
        : fitting([task, briefMethod(method)], (name, where) => `${name} 不响应取消：停在 ${where}`);
    },
    details: ({ at, own, stacks, same }) => [
      ...(at === null ? [] : [`它停在 ${at}${own === null || own === at ? '' : `，由 ${own} 调用`}。`]),
      ...(stacks < 2 ? [] : [same ? `全部 ${stacks} 个栈都相同：它卡住了。` : `这 ${stacks} 个栈各不相同：它是慢，而不是卡住。`]),
    ],
    missing: () => ['它在等待哪把锁或哪个条件：线程转储 (jstack -l) 会显示。'],
  },
  neverRuns: {
    message: ({ task, state, lasts, refused }) =>
      fitting(
        [shortTask(task)],
        (name) => `${name} 没有开始运行：${state} 已有 ${formatDuration(lasts)}${refused > 0 ? '，此后没有 Checkpoint' : ''}`,
      ),
    details: ({ subtasks, refused }) => [
      ...(subtasks.length === 0 ? [] : [`子任务 ${listInChinese(subtasks, 10)}。`]),
      ...(refused > 0 ? [`因为不是所有任务都在运行，有 ${refused} 个 Checkpoint 没有触发。`] : []),
    ],
    advice: () => ['取它所在 TaskManager 的线程转储：可以看出任务停在 initializeState()、open()，还是在恢复状态。'],
    evidence: ({ state }) => [`文本还在继续，但其中没有比 ${state} 更晚的状态。`],
    missing: () => ['日志的其余部分：它最终是否开始运行。'],
  },
  notFound: {
    message: ({ who, attempts, lasts }) => `找不到 ${who}：${lasts === null ? '' : `${formatDuration(lasts)} 内`}尝试了 ${attempts} 次，都没有应答`,
    details: ({ address }) => [`在 ${address} 处寻找它。`],
    advice: ({ who }) => [
      '从该进程所在的机器看：地址中的名称能否解析，端口是否开放（网络策略、防火墙），那里是否有作为 leader 运行的 JobManager？',
      ...(who === 'ResourceManager' ? ['地址从何而来：jobmanager.rpc.address 和 jobmanager.rpc.port；有高可用时则是其存储中的内容。'] : []),
    ],
    evidence: ({ why }) => (why === null ? [] : [why]),
    missing: () => ['当时 JobManager 的日志：它是否在运行，以及它的地址是什么。'],
  },
  checkpointsFail: {
    message: ({ failed, last, reason, cause, byTasks, over, late }, room) => {
      const which = failed === 1 ? `Checkpoint ${last} ` : over || byTasks ? `${failed} 个 Checkpoint ` : `最近 ${failed} 个 Checkpoint `;
      if (reason === 'expired') {
        const [only] = late;
        if (only !== undefined && late.length === 1 && !over)
          return fitting([shortTask(only.task)], (name) => `${which}超时：${lateText({ ...only, task: name })}没有及时确认`, room);
        return `${which}在所有子任务确认之前超时${over ? '；之后又有完成的' : ''}`;
      }
      const what = `${which}失败`;
      return cause === null ? what : `${what}：${briefCause(cause, room - what.length - 1)}`;
    },
    details: ({ failed, first, last, completed, byTasks, over, of, late }) => [
      ...(failed === 1 ? [] : over || byTasks ? [`其中第一个是 ${first}，最后一个是 ${last}。`] : [`Checkpoint ${first} 到 ${last} 接连失败。`]),
      ...(of === null ? [] : [checkpointOf(of)]),
      ...late.slice(0, 5).map((one) => `${lateText(one)}没有确认。`),
      byTasks
        ? '没有任务因此失败：作业继续运行，下次失败时会回到最后一个完成的 Checkpoint。'
        : completed === null
          ? '这段文本中没有 Checkpoint 完成。'
          : `最后一个完成的是 ${completed}。`,
    ],
    missing: ({ reason, byTasks, late }) =>
      reason !== 'expired'
        ? byTasks
          ? ['其他 Checkpoint 是否完成：只有 JobManager 的日志说明。']
          : []
        : late.length > 0
          ? ['它的线程在做什么：某个 Checkpoint 进行时，它的 TaskManager 的线程转储。']
          : ['哪个子任务没有确认：/jobs/JOB/checkpoints/details/ID，或某个 Checkpoint 进行时的线程转储。'],
  },
  checkpointsSlow: {
    message: ({ count, longestMs, bytes }) =>
      `最近 ${count} 个 Checkpoint 最多只有 ${formatBytes(bytes)}，却用了长达 ${formatDuration(longestMs)}：barrier 在等待`,
    details: () => ['这么少的数据不会让存储用这么久：它的 barrier 排在记录之后（如反压时），或在等一个忙于一次调用的任务。'],
    missing: () => ['它们在哪里等待：/jobs/JOB/checkpoints/details/ID 中的 start delay 和 alignment，或某个 Checkpoint 进行时的线程转储。'],
  },
  checkpointsNotTriggered: {
    message: ({ task, count }) =>
      task === null
        ? `连续 ${count} 次没有触发 Checkpoint：并非所有任务都在运行`
        : fitting([task], (name) => `连续 ${count} 次没有触发 Checkpoint：${name} 没有运行`),
    details: ({ ms }) => [`持续 ${formatDuration(ms)}，直到这段文本的结尾。`],
    missing: () => ['该任务在做什么：/jobs/JOB 中它的状态，以及它的 TaskManager 的日志。'],
  },
  collectorPause: {
    message: ({ process, id }) => fitting([id], (name) => `${process} ${name} 错过了心跳：它的 JVM 停在垃圾回收中`),
  },
};

export const MISSING: typeof english.MISSING = {
  dependency: '它所依赖的进程的日志：那里的失败更早。',
  earlier: '这一行之前的文本：失败和它的异常在那里。',
  exception: '异常：请看运行它的 TaskManager 的日志。',
};

export const LOG_NOTES: typeof english.LOG_NOTES = {
  evidence: (line, text) => `第 ${line} 行：${text}`,
  failure: (number, title) => `第 ${grouped(number)} 次失败：${title}`,
  failedFirst: '最先失败的是它',
  before: (from, to) => `之前：从 ${from} 到 ${to}`,
  repeated: '再次打印',
  standsAt: (title, meaning) => `${title}：${meaning}`,
  firstOfThem: '其中第一个在这里失败',
  left: (count) => `另有 ${count} 次失败是别的原因：请看报告。`,
  copyExplanation: '复制说明',
  copyOption: (option) => `复制选项 ${option}`,
};

export const classText: typeof english.classText = (className) => className ?? '（类名不在文本中）';

export const ISSUE: typeof english.ISSUE = {
  sign: '它的一个迹象',
  version: '准确的 Flink 版本：符合这份日志的版本并非都有该缺陷。',
  dump: '进程停住时的线程转储。',
  confirm: (what) => `能证实它的是：${what}。`,
};
