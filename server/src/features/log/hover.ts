import { LANGUAGES } from '../../../../common/ids.ts';
import { consequenceReason } from '../../core/analysis/log/consequenceReason.ts';
import type { Episode, Failure } from '../../core/analysis/log/failureModel.ts';
import { wrapPoints } from '../../core/analysis/log/relations.ts';
import { eventKind } from '../../core/log/events.ts';
import type { Execution, LogRecord, Throwable, TraceFrame } from '../../core/log/model.ts';
import { splitChain } from '../../core/log/taskNames.ts';
import { frameKey, methodKey } from '../../core/log/traces/frames.ts';
import { type Incomplete, rootOf, throwableTitle, walkThrowables, whyIncomplete } from '../../core/log/traces/throwables.ts';
import { memoryText } from '../../core/rules/log/memoryWords.ts';
import { consequenceText, damageText, failureTitle, incompleteText, verdictText } from '../../core/rules/log/words.ts';
import { wrapText } from '../../core/views/log/words.ts';
import { escapeMarkdown, formatDuration } from '../../core/wording.ts';
import type { Hover } from '../types.ts';
import { elementsOf, type LogDocument, type LogElement } from './elements.ts';
import { sizeAt } from './hoverSize.ts';
import { executionName, lineLink, timeOf } from './words.ts';

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
    lines.push(
      `From ${escapeMarkdown(frame.jar.name)}, version ${escapeMarkdown(frame.jar.version)}${frame.jar.exact ? '' : ' (the tag begins with ~: taken from the class, it may be another copy)'}`,
    );
  else if (frame.jar !== null && frame.jar.version !== '?') lines.push(`Java ${escapeMarkdown(frame.jar.version)}`);
  if (/\$\d|^[A-Z]\w*\$\d+/.test(frame.className) && frame.file === null)
    lines.push('Generated code: the number in the name differs from run to run.');
  if (count > 1) lines.push(`In ${count} frames of this log.`);
  return lines.join('\n\n');
}

function throwableText(document: LogDocument, { throwable, exception }: Extract<LogElement, { kind: 'throwable' }>): string {
  const { analysis } = document;
  const root = rootOf(exception);
  const lines: string[] = [];
  if (exception.kind === 'thread-stack') return 'Where the thread of the task stands: a stack, not an exception.';
  lines.push(throwable === root ? '**Root cause** of this trace.' : `Root cause: **${escapeMarkdown(throwableTitle(root))}**`);
  if (exception.chain.length > 1)
    lines.push(`Chain: ${exception.chain.map((one) => escapeMarkdown(one.className?.replace(/^.*\./, '') ?? '?')).join(' ← ')}`);
  const wrap = wrapPoints(exception).find((point) => point.inner === throwable.className);
  if (wrap !== undefined) lines.push(escapeMarkdown(`${wrapText(wrap.place)}, as ${wrap.outer}.`));
  const group = elementsOf(document).groups.get(exception.index);
  if (group !== undefined && group.members.length > 1) {
    const times = group.first === null ? '' : `, first ${timeOf(analysis, group.first)}, last ${timeOf(analysis, group.last)}`;
    lines.push(
      `${group.members.length} times in this log${times}${group.executions.length > 0 ? `; ${group.executions.length} executions failed with it` : ''}.`,
    );
  }
  const consequence = consequenceReason(exception);
  if (consequence !== null) lines.push(`A consequence, not a cause: ${consequenceText(consequence)}.`);
  if (throwable.damage !== null) lines.push(`The text is damaged: ${damageText(throwable.damage)}.`);
  const verdict = analysis.memory.find((one) => one.event.exception === exception.index);
  if (verdict !== undefined) lines.push(escapeMarkdown(memoryText(verdict)));
  return lines.join('\n\n');
}

/** The frames that "... N more" stands for. */
function elidedText({ throwable, exception }: Extract<LogElement, { kind: 'elided' }>): string {
  const { frames, why } = elidedFrames(exception.top, throwable);
  if (frames.length === 0) return `What is left out here cannot be said: ${why === null ? 'no frame' : incompleteText(why)}.`;
  const shown = frames.slice(0, MAX_FRAMES).map((frame) => `at ${frameKey(frame)}`);
  if (frames.length > MAX_FRAMES) shown.push(`… ${frames.length - MAX_FRAMES} more`);
  const same = frames.length === 1 ? 'The same frame' : `The same ${frames.length} frames`;
  return `${same} as at the end of the enclosing trace:\n\n\`\`\`${LANGUAGES.flinkLog}\n${shown.join('\n')}\n\`\`\``;
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
    if (operators.length > 1) lines.push(`Operators chained in this task: ${operators.map((operator) => escapeMarkdown(operator.name)).join(' → ')}`);
  }
  if (execution.vertex !== null) lines.push(`Job vertex \`${execution.vertex}\` (the id of the node in the plan)`);
  if (execution.location !== null) lines.push(`On ${escapeMarkdown(execution.location)}`);
  const ordered = [...execution.states].sort((a, b) => (a.time ?? 0) - (b.time ?? 0));
  const states = ordered
    .slice(0, MAX_STATES)
    .map((state) => `- ${timeOf(analysis, state.time)} ${state.from} → ${state.to} (${lineLink(document, state.line)}, ${state.side})`);
  if (states.length > 0) lines.push(states.join('\n'));
  const [first, last] = [ordered[0], ordered[ordered.length - 1]];
  if (first?.time != null && last?.time != null && last !== first)
    lines.push(`${formatDuration(last.time - first.time)} from the first to the last switch.`);
  if (execution.end !== null)
    lines.push(`Last known state: **${execution.end}**${execution.endSeen ? '' : ' (reported; the switch itself is not in this log)'}`);
  const exception = execution.exception === null ? undefined : analysis.log.exceptions[execution.exception];
  if (exception !== undefined) lines.push(`Failed with ${escapeMarkdown(throwableTitle(rootOf(exception)))}`);
  return lines.join('\n\n');
}

/** What a failure has to do with the first one of its episode. */
function failureText(document: LogDocument, { failure, episode }: { failure: Failure; episode: Episode }): string {
  const { first } = episode;
  if (failure === first) return escapeMarkdown(verdictText(episode));
  const before = `${escapeMarkdown(failureTitle(first))} in ${lineLink(document, first.line)}`;
  return failure.consequence === null
    ? `Came after the first failure: ${before}.`
    : `A consequence: ${escapeMarkdown(consequenceText(failure.consequence))}. What failed first: ${before}.`;
}

function recordText(document: LogDocument, record: LogRecord): string | null {
  const elements = elementsOf(document);
  const lines: string[] = [];
  for (const event of (elements.events.get(record.index) ?? []).slice(0, 3)) {
    const kind = eventKind(event.id);
    if (kind === undefined) continue;
    lines.push(`**${kind.title}**${kind.consequence === true ? ' (a consequence)' : ''}\n\n${kind.meaning}`);
    if (kind.remedy !== undefined) lines.push(kind.remedy);
    lines.push(`Printed by \`${kind.source}\`, Flink ${kind.versions}.`);
  }
  const failed = elements.failures.get(record.index);
  if (failed !== undefined) lines.push(failureText(document, failed));
  const execution = elements.byRecord.get(record.index);
  if (execution !== undefined) lines.push(executionText(document, execution));
  return lines.length === 0 ? null : lines.join('\n\n');
}
