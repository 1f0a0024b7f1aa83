import type { ClockReasonFacts, GcAnswerFacts, GcConclusionFacts, GcEvidenceFacts, GcSubjectFacts } from '../../analysis/log/gcModel.ts';
import { MEMORY_POOLS } from '../../knowledge/memoryErrors.ts';
import { formatStamp } from '../../log/time.ts';
import { faultText } from '../../problems/words.zh.ts';
import { formatDuration, say, sentences, type Words, zoneName } from '../../wording.ts';
import { offsetText } from './clockWords.zh.ts';
import type * as english from './collectorWords.en.ts';

const SUBJECTS: Words<GcSubjectFacts> = {
  memory: ({ pool }) => `${MEMORY_POOLS[pool].title}耗尽`,
  heartbeat: ({ process, id }) => `${process} ${id} 的心跳超时`,
};

export const subjectText: typeof english.subjectText = (subject) => say(SUBJECTS, subject);

const GAPS: Readonly<Record<GcAnswerFacts['gap']['at'], (byMs: number) => string>> = {
  'ends-before': (byMs) => `在失败前 ${formatDuration(byMs)} 就结束了`,
  'begins-after': (byMs) => `在失败后 ${formatDuration(byMs)} 才开始`,
  'begins-late': () => '开始得太晚',
};

const before = (windowMs: number): string => `超时之前的 ${formatDuration(windowMs)}`;

const ANSWERS: Words<GcAnswerFacts> = {
  'full-collections': ({ source }) => `${source} 显示失败之前紧接着有 Full GC。`,
  'no-full-collection': ({ source, windowMs }) => `${source} 覆盖了失败的时刻，在其之前的 ${formatDuration(windowMs)} 内没有 Full GC。`,
  'stood-still': ({ source, pausedMs, windowMs, timeoutMs, acrossMs }) =>
    `${source}：${acrossMs === null ? '' : `一次 ${formatDuration(acrossMs)} 的垃圾回收跨过了超时的时刻；`}${before(windowMs)}中，JVM 有 ${formatDuration(pausedMs)} 停在垃圾回收中，${pausedMs >= timeoutMs ? '足以造成' : '占了'} ${formatDuration(timeoutMs)} 的超时${pausedMs >= timeoutMs ? '' : '的大部分'}。`,
  'had-a-part': ({ source, pausedMs, windowMs, timeoutMs }) =>
    `${source}：${before(windowMs)}中，垃圾回收占了 ${formatDuration(pausedMs)}，单凭它不会造成 ${formatDuration(timeoutMs)} 的超时，但可能是原因之一。`,
  'ends-in-pause': ({ source, pause, beforeMs }) =>
    `${source} 在一次停顿 (${pause}) 中结束，该停顿在超时前 ${formatDuration(beforeMs)} 开始：它是持续了那么久，还是 JVM 先结束了，日志没有说明。`,
  'no-long-pause'({ source, pausedMs, windowMs, stop }) {
    const pauses = pausedMs === 0 ? '没有停顿' : `停顿一共 ${formatDuration(pausedMs)}`;
    const still = stop === null ? '' : `但所有线程仍然停了 ${formatDuration(stop.durationMs)} (${stop.pause})，不过不是为了垃圾回收。`;
    return `${source} 覆盖了${before(windowMs)}，其中${pauses}：原因不在回收器。${still}`;
  },
  gap: ({ source, windowMs, at, byMs }) => `${source} 没有覆盖失败之前的 ${formatDuration(windowMs)}：它${GAPS[at](byMs)}。`,
};

const CONCLUSIONS: Words<GcConclusionFacts> = {
  'no-gc-log': () => '没有读到这个 JVM 的 GC 日志，因此既未证实也未否定。',
  'unknown-process': ({ process }) => `无从得知这份 GC 日志是否属于某个 ${process}：各进程启动的时间太接近，堆和文件名也看不出来。既未证实也未否定。`,
  'no-common-clock': () => 'GC 日志的时间无法对到日志的时钟，因此既未证实也未否定。',
  'failure-without-time': () => '这次失败没有可在 GC 日志中查找的时间。',
  'other-processes': ({ process }) => `没有一份 GC 日志属于 ${process}。`,
  answered: ({ answers }) => sentences(answers.map((answer) => say(ANSWERS, answer))),
  'answered-in-part': ({ answers, processes, logs }) =>
    `${CONCLUSIONS.answered({ answers })} 但写这些日志的这类进程有 ${processes} 个，GC 日志只有 ${logs} 份。`,
};

export const conclusionText: typeof english.conclusionText = ({ conclusion }) => say(CONCLUSIONS, conclusion);

const REASONS: Words<ClockReasonFacts> = {
  'same-local-time': ({ zoneMinutes }) =>
    `假定：日志没有写明时区，认为它打印的是 GC 日志的本地时间，${zoneMinutes === null ? 'UTC' : zoneName(zoneMinutes)}`,
  'same-start': ({ process }) => `两份日志打印的时区不同：除此之外，GC 日志的 JVM 与 ${process} 同时启动`,
  'told-twice': (offset) => `日志没有写明时区；它是 ${offsetText(offset)}`,
  'uptime-from-start': ({ process, beforeMs }) => `GC 日志只有运行时长，从 ${process} 的第一行之前 ${formatDuration(beforeMs)} 算起`,
  'only-overlap': () => '推得：没有别的时区差能使两份日志覆盖同一段时间',
};

export const clockText: typeof english.clockText = ({ ms, slackMs, reason }) => {
  const exact = slackMs === 0 ? '' : `，误差 ${formatDuration(slackMs)}`;
  const why = say(REASONS, reason);
  if (reason.code === 'uptime-from-start') return `时钟：运行时长 0 取作 ${formatStamp(ms, true)}${exact}（${why}）。`;
  return `时钟偏移：${ms === 0 ? '无' : `已修正 ${ms < 0 ? '-' : ''}${formatDuration(ms)}`}${exact}（${why}）。`;
};

const EVIDENCE: Words<GcEvidenceFacts> = {
  unjoined: ({ source, fault }) => `${source}：没有合并，${faultText(fault)}。`,
  pause: ({ pause, durationMs, beforeMs }) =>
    `${pause}，${formatDuration(durationMs)}，在失败${beforeMs >= 0 ? '之前' : '之后'} ${formatDuration(beforeMs)}`,
  'full-collections-share': ({ share, windowMs }) => `失败之前的 ${formatDuration(windowMs)} 中，${Math.round(share * 100)} % 花在 Full GC 上。`,
  clock: clockText,
};

export const collectorEvidence: typeof english.collectorEvidence = (evidence) => evidence.map((one) => say(EVIDENCE, one));
