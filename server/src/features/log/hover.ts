import { LANGUAGES } from '../../../../common/ids.ts';
import { consequenceReason } from '../../core/analysis/log/consequenceReason.ts';
import type { Episode, Failure } from '../../core/analysis/log/failureModel.ts';
import { wrapPoints } from '../../core/analysis/log/relations.ts';
import { eventKind } from '../../core/log/events.ts';
import type { Execution, LogRecord, Throwable, TraceFrame } from '../../core/log/model.ts';
import { splitChain } from '../../core/log/taskNames.ts';
import { frameKey, methodKey } from '../../core/log/traces/frames.ts';
import { type Incomplete, rootOf, throwableTitle, walkThrowables, whyIncomplete } from '../../core/log/traces/throwables.ts';
import { firstFailure } from '../../core/rules/log/firstFailure.ts';
import { memoryExhausted } from '../../core/rules/log/memoryExhausted.ts';
import { memoryText } from '../../core/rules/log/memoryWords.ts';
import { consequenceText, damageText, failureTitle, incompleteText, verdictText } from '../../core/rules/log/words.ts';
import { wrapText } from '../../core/views/log/words.ts';
import { escapeMarkdown } from '../../core/wording.ts';
import type { Hover } from '../types.ts';
import { elementsOf, type LogDocument, type LogElement } from './elements.ts';
import { sizeAt } from './hoverSize.ts';
import { executionName, LOG_FEATURES, lineLink, timeOf } from './words.ts';

const { hover: WORDS } = LOG_FEATURES;

const MAX_FRAMES = 40;
const MAX_STATES = 30;

export function hover(document: LogDocument, offset: number): Hover | null {
  const size = sizeAt(document.text, offset);
  if (size !== null) return size;
  const element = elementsOf(document).at(document, offset);
  if (element === null) return null;
  const markdown = textOf(document, element);
  return markdown === null ? null : { span: element.span, markdown };
}

function textOf(document: LogDocument, element: LogElement): string | null {
  switch (element.kind) {
    case 'frame':
      return frameText(document, element.frame);
    case 'throwable':
      return throwableText(document, element);
    case 'elided':
      return elidedText(element);
    case 'execution':
      return executionText(document, element.execution);
    case 'record':
      return recordText(document, element.record);
  }
}

function frameText(document: LogDocument, frame: TraceFrame): string {
  const count = elementsOf(document).framesOf(frame).length;
  const lines = [`**${escapeMarkdown(methodKey(frame))}**`];
  if (frame.jar !== null && frame.jar.name !== '?')
    lines.push(WORDS.jar({ name: escapeMarkdown(frame.jar.name), version: escapeMarkdown(frame.jar.version), exact: frame.jar.exact }));
  else if (frame.jar !== null && frame.jar.version !== '?') lines.push(WORDS.java(escapeMarkdown(frame.jar.version)));
  if (/\$\d|^[A-Z]\w*\$\d+/.test(frame.className) && frame.file === null) lines.push(WORDS.generated);
  if (count > 1) lines.push(WORDS.inFrames(count));
  return lines.join('\n\n');
}

function throwableText(document: LogDocument, { throwable, exception }: Extract<LogElement, { kind: 'throwable' }>): string {
  const { analysis } = document;
  const root = rootOf(exception);
  const lines: string[] = [];
  if (exception.kind === 'thread-stack') return WORDS.threadStack;
  lines.push(throwable === root ? WORDS.isRoot : WORDS.root(escapeMarkdown(throwableTitle(root))));
  if (exception.chain.length > 1) lines.push(WORDS.chain(exception.chain.map((one) => escapeMarkdown(one.className?.replace(/^.*\./, '') ?? '?'))));
  const wrap = wrapPoints(exception).find((point) => point.inner === throwable.className);
  if (wrap !== undefined) lines.push(WORDS.wrapped(escapeMarkdown(wrapText(wrap.place)), escapeMarkdown(wrap.outer)));
  const group = elementsOf(document).groups.get(exception.index);
  if (group !== undefined && group.members.length > 1) {
    const time = (ms: number | null) => (group.first === null ? null : timeOf(analysis, ms));
    lines.push(WORDS.inLog({ count: group.members.length, first: time(group.first), last: time(group.last), executions: group.executions.length }));
  }
  const consequence = consequenceReason(exception);
  if (consequence !== null) lines.push(WORDS.consequence(consequenceText(consequence)));
  if (throwable.damage !== null) lines.push(WORDS.damaged(damageText(throwable.damage)));
  const verdict = analysis.memory.find((one) => one.event.exception === exception.index);
  if (verdict !== undefined && !isTold(document, throwable.headSpan.start)) lines.push(escapeMarkdown(memoryText(verdict)));
  return lines.join('\n\n');
}

/** The frames that "... N more" stands for. */
function elidedText({ throwable, exception }: Extract<LogElement, { kind: 'elided' }>): string {
  const { frames, why } = elidedFrames(exception.top, throwable);
  if (frames.length === 0) return WORDS.notCompleted(why === null ? null : incompleteText(why));
  const shown = frames.slice(0, MAX_FRAMES).map((frame) => `at ${frameKey(frame)}`);
  if (frames.length > MAX_FRAMES) shown.push(WORDS.moreFrames(frames.length - MAX_FRAMES));
  return `${WORDS.sameFrames(frames.length)}\n\n\`\`\`${LANGUAGES.flinkLog}\n${shown.join('\n')}\n\`\`\``;
}

/** The frames that "... N more" stands for, none where that cannot be said, and then why. */
export function elidedFrames(top: Throwable, wanted: Throwable): { frames: readonly TraceFrame[]; why: Incomplete | null } {
  let result: { frames: readonly TraceFrame[]; why: Incomplete | null } = { frames: [], why: null };
  walkThrowables(top, (throwable, completed, enclosing) => {
    if (throwable === wanted) result = { frames: completed?.slice(throwable.frames.length) ?? [], why: whyIncomplete(throwable, enclosing) };
  });
  return result;
}

/** The life of an attempt: who it is, its switches in the order of time, how it ended. */
export function executionText(document: LogDocument, execution: Execution): string {
  const { analysis } = document;
  const lines = [`**${escapeMarkdown(executionName(execution))}**`];
  if (execution.task !== null) {
    const { operators } = splitChain(execution.task);
    if (operators.length > 1) lines.push(WORDS.operators(operators.map((operator) => escapeMarkdown(operator.name))));
  }
  if (execution.vertex !== null) lines.push(WORDS.vertex(execution.vertex));
  if (execution.location !== null) lines.push(WORDS.on(escapeMarkdown(execution.location)));
  const ordered = [...execution.states].sort((a, b) => (a.time ?? 0) - (b.time ?? 0));
  const states = ordered
    .slice(0, MAX_STATES)
    .map((state) => `- ${timeOf(analysis, state.time)} ${state.from} → ${state.to} (${lineLink(document, state.line)}, ${state.side})`);
  if (states.length > 0) lines.push(states.join('\n'));
  const [first, last] = [ordered[0], ordered[ordered.length - 1]];
  if (first?.time != null && last?.time != null && last !== first) lines.push(WORDS.lasted(last.time - first.time));
  if (execution.end !== null) lines.push(WORDS.end(execution.end, execution.endSeen));
  const exception = execution.exception === null ? undefined : analysis.log.exceptions[execution.exception];
  if (exception !== undefined) lines.push(WORDS.failedWith(escapeMarkdown(throwableTitle(rootOf(exception)))));
  return lines.join('\n\n');
}

/** What a failure has to do with the first one of its episode. */
function failureText(document: LogDocument, { failure, episode }: { failure: Failure; episode: Episode }): string | null {
  const { first } = episode;
  if (failure === first) return isTold(document, first.span.start) ? null : escapeMarkdown(verdictText(episode));
  const before = WORDS.inLine(escapeMarkdown(failureTitle(first)), lineLink(document, first.line));
  return failure.consequence === null ? WORDS.cameAfter(before) : WORDS.consequenceOf(escapeMarkdown(consequenceText(failure.consequence)), before);
}

/** The finding at a place is shown above this hover: nothing is told twice. */
const isTold = ({ uri, analysis }: LogDocument, offset: number): boolean =>
  analysis.findings.some(({ id, at }) => TELLING.has(id) && at.document === uri && at.span.start <= offset && offset <= at.span.end);

/** The same of what a finding at a place advises. */
const isAdvised = ({ uri, analysis }: LogDocument, offset: number, remedy: string): boolean =>
  analysis.findings.some(({ at, advice }) => at.document === uri && at.span.start <= offset && offset <= at.span.end && advice.includes(remedy));

const TELLING = new Set([firstFailure.id, memoryExhausted.id]);

function recordText(document: LogDocument, record: LogRecord): string | null {
  const elements = elementsOf(document);
  const lines: string[] = [];
  for (const event of (elements.events.get(record.index) ?? []).slice(0, 3)) {
    const kind = eventKind(event.id);
    if (kind === undefined) continue;
    lines.push(WORDS.event({ title: kind.title, consequence: kind.consequence === true, meaning: kind.meaning }));
    if (kind.remedy !== undefined && !isAdvised(document, record.messageSpan.start, kind.remedy)) lines.push(kind.remedy);
    lines.push(WORDS.printedBy(kind.source, kind.versions));
  }
  const failed = elements.failures.get(record.index);
  const failure = failed === undefined ? null : failureText(document, failed);
  if (failure !== null) lines.push(failure);
  const execution = elements.byRecord.get(record.index);
  if (execution !== undefined) lines.push(executionText(document, execution));
  return lines.length === 0 ? null : lines.join('\n\n');
}
