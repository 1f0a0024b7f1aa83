import { FoldingRangeKind } from 'vscode-languageserver-types';
import type { Span } from '../../../../common/span.ts';
import { formatBytes } from '../../core/analysis/memory.ts';
import type { TraceFrame } from '../../core/log/model.ts';
import type { Fold, Hint, Lens, Link, SourceReference } from '../types.ts';
import { type LogDocument, placesOf } from './places.ts';
import { executionName } from './words.ts';

const MOST_LENSES = 500;
const MOST_PLACES = 500;
const MOST_LINKS = 4000;
const MOST_FOLDS = 20_000;
const MOST_HINTS = 500;

/** Above the first failure of every attempt, and above the first trace of every group. */
export function lenses({ uri, analysis }: LogDocument): Lens[] {
  const result: Lens[] = [];
  for (const [index, episode] of analysis.failures.episodes.slice(0, MOST_LENSES).entries()) {
    const count = analysis.failures.episodes.length;
    const which = count > 1 ? ` (${index + 1} of ${count})` : '';
    const { first, rest, cancelled } = episode;
    const followed = rest.length + cancelled.length;
    const places = [...episode.evidence].slice(0, MOST_PLACES).map((one) => ({ span: one.span, message: one.text }));
    result.push({
      span: first.span,
      title: `$(error) ${episode.symptomOnly ? 'First symptom' : 'First failure'}${which}${followed > 0 ? `: ${followed} followed` : ''}`,
      tooltip: episode.verdict,
      command: { id: 'logjam.showPlaces', arguments: [{ uri, message: episode.verdict, code: 'first-failure', places }] },
    });
  }
  for (const group of analysis.groups) {
    const [first] = group.members;
    if (first === undefined || result.length >= 2 * MOST_LENSES) break;
    result.push({
      span: first.top.headSpan,
      title: '$(type-hierarchy-sub) Show call graph',
      tooltip: 'Who called whom in this stack trace',
      command: { id: 'logjam.showGraphAt', arguments: [uri, 'calls', `exception:${first.index}`] },
    });
    if (group.members.length < 2) continue;
    const places = group.members.slice(0, MOST_PLACES).map((one) => ({ span: one.top.headSpan, message: group.root }));
    result.push({
      span: first.top.headSpan,
      title: `$(references) ${group.members.length - 1} more like this`,
      tooltip: 'Same classes, thrown and wrapped at the same methods',
      command: {
        id: 'logjam.showPlaces',
        arguments: [{ uri, message: `${group.members.length} traces with the root cause ${group.root}`, code: 'exception-group', places }],
      },
    });
  }
  return result;
}

/** Records with more than one line, causes within a trace, and everything from a first failure to its last consequence. */
export function folds({ analysis, text }: LogDocument): Fold[] {
  const result: Fold[] = [];
  for (const episode of analysis.failures.episodes) {
    const last = Math.max(...episode.evidence.map((one) => one.span.end));
    if (last > episode.first.span.end && text.slice(episode.first.span.end, last).includes('\n'))
      result.push({ span: { start: episode.first.span.start, end: last }, kind: FoldingRangeKind.Region });
  }
  for (const record of analysis.log.records) {
    if (record.lines > 1 && result.length < MOST_FOLDS) result.push({ span: record.span, kind: FoldingRangeKind.Region });
  }
  for (const exception of analysis.log.exceptions) {
    if (exception.record === null) result.push({ span: exception.span, kind: FoldingRangeKind.Region });
    for (const one of exception.chain.slice(1)) {
      const end = one.elidedSpan?.end ?? one.frames[one.frames.length - 1]?.span.end;
      if (end !== undefined && result.length < MOST_FOLDS) result.push({ span: { start: one.headSpan.start, end } });
    }
  }
  return result;
}

/** Names behind bare ids, sizes behind numbers of pages. */
export function hints(document: LogDocument, span: Span): Hint[] {
  const { text, analysis } = document;
  const result: Hint[] = [];
  const places = placesOf(document);
  for (const event of analysis.log.events) {
    if (event.span.end < span.start || event.span.start > span.end || result.length >= MOST_HINTS) continue;
    if (event.id === 'checkpoint-declined' || event.id === 'checkpoint-late') {
      const id = event.fields.exec;
      const execution = id === undefined ? undefined : places.executions.get(id);
      const at = id === undefined ? -1 : text.indexOf(id, event.span.start);
      if (id !== undefined && execution !== undefined && at !== -1 && at < event.span.end)
        result.push({ offset: at + id.length, label: executionName(execution, 40) });
    } else if (event.id === 'managed-memory-pages' && event.fields.pages !== undefined) {
      const needle = `${event.fields.pages} pages`;
      const at = text.indexOf(needle, event.span.start);
      if (at !== -1 && at < event.span.end)
        result.push({
          offset: at + needle.length,
          label: `= ${formatBytes(Number(event.fields.pages) * 32 * 1024)}`,
          tooltip: 'With pages of 32 KiB, the default of taskmanager.memory.segment-size',
        });
    }
  }
  return result;
}

/** From frames to source files; the JDK has no source in a workspace. */
export function links(document: LogDocument): Link[] {
  const result: Link[] = [];
  for (const { frame } of placesOf(document).frames) {
    if (result.length >= MOST_LINKS) break;
    const source = sourceOf(frame);
    if (source === null) continue;
    const label = frame.line === null ? source.file : `${source.file}:${frame.line}`;
    const at = document.text.slice(frame.span.start, frame.span.end).indexOf(label);
    if (at === -1) continue;
    result.push({ span: { start: frame.span.start + at, end: frame.span.start + at + label.length }, tooltip: `Open ${source.file}`, source });
  }
  return result;
}

function sourceOf(frame: TraceFrame): SourceReference | null {
  if (frame.file === null || !/\.(?:java|scala|kt|groovy)$/.test(frame.file) || /^(?:java|javax|jdk|sun|com\.sun)\./.test(frame.className))
    return null;
  const dot = frame.className.lastIndexOf('.');
  return { package: dot === -1 ? '' : frame.className.slice(0, dot).replaceAll('.', '/'), file: frame.file, line: frame.line };
}
