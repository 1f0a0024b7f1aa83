import type { Span } from '../../../../common/span.ts';
import type { LogAnalysis } from '../../core/analysis/log/model.ts';
import type { Execution } from '../../core/log/model.ts';
import type { Target } from '../types.ts';
import { elementsOf, type LogDocument } from './elements.ts';
import { elidedFrames } from './hover.ts';

const MAX_TARGETS = 2000;

/** From an id or a task to what it failed of or how it began; from a cause to where it was wrapped; from a consequence to the first failure. */
export function definition(document: LogDocument, offset: number): Target[] {
  const { analysis } = document;
  const elements = elementsOf(document);
  const element = elements.at(document, offset);
  if (element === null) return [];
  if (element.kind === 'elided') {
    const { frames } = elidedFrames(element.exception.top, element.throwable);
    const [first, last] = [frames[0], frames[frames.length - 1]];
    return first === undefined || last === undefined
      ? []
      : [{ span: { start: first.span.start, end: first.span.end }, full: { start: first.span.start, end: last.span.end } }];
  }
  if (element.kind === 'throwable') {
    const root = element.exception.chain[element.exception.chain.length - 1];
    return root === undefined || root === element.throwable
      ? [{ span: element.exception.top.headSpan, full: element.exception.span }]
      : [{ span: root.headSpan, full: root.span }];
  }
  const execution = elements.executionOf(element);
  return execution === undefined ? [] : executionTargets(analysis, execution);
}

/** What it failed of, or how it began, and the failure that it followed from. */
export function executionTargets(analysis: LogAnalysis, execution: Execution): Target[] {
  const episode = analysis.failures.episodes.find((one) =>
    one.rest.some(
      (failure) => failure.consequence !== null && failure.execution !== null && analysis.log.executions[failure.execution] === execution,
    ),
  );
  // The TaskManager tells of a failure before the JobManager does, wherever its file stands among several.
  const [failed] = execution.states.filter((state) => state.to === 'FAILED').sort((a, b) => (a.time ?? 0) - (b.time ?? 0));
  const targets: Target[] = [];
  const first = firstSpan(execution);
  if (failed !== undefined) targets.push({ span: failed.span });
  else if (first !== null) targets.push({ span: first });
  if (episode !== undefined) targets.push({ span: episode.first.span });
  return targets;
}

function firstSpan(execution: Execution): Span | null {
  let best: Span | null = null;
  for (const one of [...execution.states, ...execution.mentions]) if (best === null || one.span.start < best.start) best = one.span;
  return best;
}

/** Every record of an execution and every place that prints its id, every trace of a group, every frame of a method. */
export function references(document: LogDocument, offset: number): Target[] {
  return spans(document, offset).map((span) => ({ span }));
}

/** The same; of an execution with an id the ids alone, not whole messages. */
export function highlight(document: LogDocument, offset: number): Span[] {
  const elements = elementsOf(document);
  const element = elements.at(document, offset);
  const id = element === null ? null : (elements.executionOf(element)?.id ?? null);
  return id === null ? spans(document, offset) : printed(document.text, id);
}

function spans(document: LogDocument, offset: number): Span[] {
  const elements = elementsOf(document);
  const element = elements.at(document, offset);
  if (element === null) return [];
  if (element.kind === 'frame') return elements.framesOf(element.frame).slice(0, MAX_TARGETS);
  if (element.kind === 'throwable')
    return (elements.groups.get(element.exception.index)?.members ?? [element.exception]).slice(0, MAX_TARGETS).map((one) => one.top.headSpan);
  const execution = elements.executionOf(element);
  if (execution === undefined) return [];
  const found = [...execution.states, ...execution.mentions].map((one) => one.span).sort((a, b) => a.start - b.start);
  const ids = execution.id === null ? [] : outside(printed(document.text, execution.id), found);
  return [...found, ...ids].sort((a, b) => a.start - b.start).slice(0, MAX_TARGETS);
}

/** The spans that lie in none of the others; both are sorted. */
function outside(spans: readonly Span[], others: readonly Span[]): Span[] {
  let next = 0;
  return spans.filter((span) => {
    while (next < others.length && (others[next] as Span).end < span.end) next++;
    return next === others.length || (others[next] as Span).start > span.start;
  });
}

/** Everywhere an id stands. */
function printed(text: string, id: string): Span[] {
  const found: Span[] = [];
  for (let at = text.indexOf(id); at !== -1 && found.length < MAX_TARGETS; at = text.indexOf(id, at + id.length)) {
    found.push({ start: at, end: at + id.length });
  }
  return found;
}
