// Everything that is done with a text: what a fuzz run and the regression test put every input through.
import assert from 'node:assert/strict';
import { DEFAULT_SETTINGS } from '../../common/settings.ts';
import type { Span } from '../../common/span.ts';
import { isGraphView, viewsOf } from '../../common/views.ts';
import { conclude } from '../../server/src/core/incident/conclude.ts';
import type { Digest } from '../../server/src/core/incident/digest/model.ts';
import { isDigest } from '../../server/src/core/incident/digest/read.ts';
import { incidentHtml } from '../../server/src/core/incident/html.ts';
import { readDigests, withWritten } from '../../server/src/core/incident/readDigests.ts';
import { incidentReport } from '../../server/src/core/incident/report.ts';
import { analyse, digest, graph, report, summary } from '../../server/src/core/kinds/index.ts';
import type { Location } from '../../server/src/core/model.ts';
import { LineIndex } from '../../server/src/core/text.ts';
import { featuresOf } from '../../server/src/features/index.ts';
import type { DocumentSymbol } from '../../server/src/features/types.ts';

/** What is concluded from a digest, on every page. */
function incident(from: Digest): void {
  const concluded = conclude(from);
  JSON.stringify(concluded);
  incidentReport(concluded, 'fuzz');
  incidentHtml(concluded, 'fuzz');
}

/** How many places of a text the cursor is put at. */
const CURSORS = 12;

/** Analyses a text and asks for all that can be shown of it. @throws whatever that throws, and when a place is outside of the text */
export async function examine(text: string): Promise<string> {
  const uri = 'file:///fuzz';
  const inside = (what: string, { start, end }: Span) => {
    assert.ok(start >= 0 && start <= end && end <= text.length, `${what}: place ${start}-${end} in a text of ${text.length}`);
  };
  const analysis = await analyse({ uri, text });
  for (const { span } of analysis.problems) inside('problem', span);
  for (const { id, at, related } of analysis.findings) {
    inside(id, at.span);
    for (const one of related) inside(`${id}, related`, one.at.span);
  }
  JSON.stringify(summary(analysis));
  report(analysis, 'fuzz');
  const index = new LineIndex(text);
  const lineOf = (where: Location | Span): number => index.lineOf('span' in where ? where.span.start : where.start);
  const own = digest(analysis, { name: 'fuzz', bytes: text.length, text, lineOf });
  if (own.sources.length > 0) incident(own);
  if (isDigest(text)) incident(withWritten(own, readDigests(text, 'fuzz').digest).digest);
  for (const view of viewsOf(analysis.kind).filter(isGraphView)) graph(analysis, view);

  const features = await featuresOf(analysis.kind);
  const document = { uri, text, analysis, settings: DEFAULT_SETTINGS };
  const whole = { start: 0, end: text.length };
  const symbol = (one: DocumentSymbol): void => {
    inside(`symbol ${one.name}`, one.span);
    inside(`selection of ${one.name}`, one.selection);
    for (const child of one.children ?? []) symbol(child);
  };
  for (const one of features.symbols?.(document) ?? []) symbol(one);
  for (const { span } of features.folds?.(document) ?? []) inside('fold', span);
  for (const { span } of features.tokens?.(document, whole) ?? []) inside('token', span);
  for (const { span } of features.lenses?.(document) ?? []) inside('lens', span);
  for (const { span } of features.links?.(document) ?? []) inside('link', span);
  for (const { offset } of features.hints?.(document, whole) ?? []) inside('hint', { start: offset, end: offset });
  features.actions?.(document, whole);
  features.fixAll?.(document);
  for (let i = 0; i <= CURSORS; i++) {
    const offset = Math.round((text.length * i) / CURSORS);
    const hover = features.hover?.(document, offset);
    if (hover) inside('hover', hover.span);
    for (const { uri: other, span } of features.definition?.(document, offset) ?? []) if (other === undefined) inside('definition', span);
    for (const { uri: other, span } of features.references?.(document, offset) ?? []) if (other === undefined) inside('reference', span);
    for (const span of features.highlight?.(document, offset) ?? []) inside('highlight', span);
  }
  return analysis.kind;
}
