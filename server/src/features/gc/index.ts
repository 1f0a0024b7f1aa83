import type { SymbolKind } from 'vscode-languageserver-types';
import { EMPTY_SPAN } from '../../../../common/span.ts';
import type { GcAnalysis, GcEvent } from '../../core/gc/model.ts';
import { gcKindOf, TROUBLE_WORDS } from '../../core/knowledge/gcPauses.ts';
import { escapeMarkdown } from '../../core/wording.ts';
import type { Document, DocumentSymbol, Hover, LanguageFeatures, Lens } from '../types.ts';
import { GC_FEATURES } from './words.ts';

type GcDocument = Document<GcAnalysis>;

const NAMESPACE = 3 as SymbolKind;
const EVENT = 24 as SymbolKind;
const MAX_CHILDREN = 500;
const MAX_PAUSES = 20;

export const gcLogFeatures: LanguageFeatures<GcAnalysis> = { hover, symbols, lenses };

/** The collection on whose line the cursor stands. */
function eventAt(document: GcDocument, offset: number): GcEvent | undefined {
  const { events } = document.analysis.log;
  let low = 0;
  let high = events.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((events[middle] as GcEvent).span.start <= offset) low = middle;
    else high = middle - 1;
  }
  const event = events[low];
  return event !== undefined && offset >= event.span.start && offset <= event.span.end ? event : undefined;
}

function hover(document: GcDocument, offset: number): Hover | null {
  const { log, statistics } = document.analysis;
  const trouble = log.troubles.find(({ span }) => offset >= span.start && offset <= span.end);
  const begun = log.unfinished !== null && offset >= log.unfinished.span.start && offset <= log.unfinished.span.end ? log.unfinished : undefined;
  const event = eventAt(document, offset) ?? begun;
  if (event === undefined)
    return trouble === undefined
      ? null
      : { span: trouble.span, markdown: `**${escapeMarkdown(trouble.text)}**\n\n${TROUBLE_WORDS[trouble.kind].means}` };
  const { name, durationMs, before, after, capacity, span } = event;
  const lines = [`**${escapeMarkdown(name)}**${durationMs === null ? '' : `, ${durationMs.toFixed(1)} ms`}`];
  const meaning = gcKindOf(name)?.meaning;
  if (meaning !== undefined) lines.push(meaning);
  if (event === begun) lines.push(GC_FEATURES.endsInPause);
  if (before !== null && after !== null) {
    lines.push(GC_FEATURES.heap({ before, after, capacity }));
  }
  if (trouble !== undefined) lines.push(TROUBLE_WORDS[trouble.kind].means);
  if (durationMs !== null && event.kind === 'pause') {
    const { pauses, maxPauseMs } = statistics;
    const same = log.details.byName.find((one) => one.name === name);
    if (same !== undefined && same.count > 1)
      lines.push(GC_FEATURES.ofKind({ count: same.count, averageMs: same.totalMs / same.count, maxMs: same.maxMs }));
    lines.push(durationMs >= maxPauseMs ? GC_FEATURES.isLongest(pauses) : GC_FEATURES.longestOf({ pauses, maxMs: maxPauseMs }));
  }
  return { span, markdown: lines.join('\n\n') };
}

function symbols({ analysis, text }: GcDocument): DocumentSymbol[] {
  const { events, troubles, unfinished } = analysis.log;
  const pauses = events.filter(({ kind }) => kind === 'pause');
  const longest = [...pauses].sort((a, b) => (b.durationMs ?? 0) - (a.durationMs ?? 0)).slice(0, MAX_PAUSES);
  const groups: [string, DocumentSymbol[]][] = [
    [GC_FEATURES.groups.unfinished, unfinished === null ? [] : [symbol(unfinished)]],
    [GC_FEATURES.groups.full, pauses.filter(({ full }) => full).map(symbol)],
    [GC_FEATURES.groups.explicit, events.filter(({ explicit, full }) => explicit && !full).map(symbol)],
    [GC_FEATURES.groups.trouble, troubles.map(({ text: name, span }) => ({ name, kind: EVENT, span, selection: span }))],
    [GC_FEATURES.groups.stalls, events.filter(({ kind }) => kind === 'stall').map(symbol)],
    [GC_FEATURES.groups.safepoints, events.filter(({ kind }) => kind === 'safepoint').map(symbol)],
    [GC_FEATURES.groups.longest, longest.map(symbol)],
  ];
  return groups.flatMap(([name, children]) => {
    if (children.length === 0) return [];
    // A group stands for the whole file: its members lie anywhere in it.
    const span = { start: 0, end: text.length };
    const selection = { start: 0, end: 0 };
    const shown = children.slice(0, MAX_CHILDREN);
    if (children.length > MAX_CHILDREN)
      shown.push({ name: GC_FEATURES.more(children.length - MAX_CHILDREN), kind: EVENT, span: selection, selection });
    return [{ name, detail: String(children.length), kind: NAMESPACE, span, selection, children: shown }];
  });
}

function symbol({ name, durationMs, span }: GcEvent): DocumentSymbol {
  return { name, detail: durationMs === null ? '' : `${durationMs.toFixed(1)} ms`, kind: EVENT, span, selection: span };
}

/** Above the first line the way to the chart, and above the longest pause that it is the longest. */
function lenses({ uri, analysis }: GcDocument): Lens[] {
  const { log, statistics } = analysis;
  const first = log.events[0];
  if (first === undefined) return [];
  const { pauses, totalPauseMs, pauseShare } = statistics;
  const summary = GC_FEATURES.lenses.report({ collector: log.collector, pauses, totalMs: totalPauseMs, share: pauseShare });
  const result: Lens[] = [
    {
      span: EMPTY_SPAN,
      title: `$(graph) ${GC_FEATURES.lenses.chart}`,
      tooltip: summary,
      command: { id: 'logjam.showGcChart', arguments: [uri] },
    },
  ];
  const longest = log.events.find(
    ({ kind, durationMs }) => kind === 'pause' && durationMs !== null && Math.abs(durationMs - statistics.maxPauseMs) < 0.001,
  );
  if (longest !== undefined && statistics.pauses > 1) result.push({ span: longest.span, title: `$(clock) ${GC_FEATURES.lenses.longest}` });
  if (log.unfinished !== null) result.push({ span: log.unfinished.span, title: `$(debug-stop) ${GC_FEATURES.lenses.unfinished}` });
  return result;
}
