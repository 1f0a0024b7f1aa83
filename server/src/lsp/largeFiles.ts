import type { FileAnalysis } from '../../../common/contracts.ts';
import { hasView, isDocumentName, isGraphView, isTextName } from '../../../common/views.ts';
import { contentUri } from '../../../common/virtual.ts';
import { bySeverity } from '../core/findings.ts';
import { verdict, views } from '../core/kinds/index.ts';
import type { Places } from '../core/places.ts';
import { headline } from '../core/rules/saying.ts';
import { featuresOf } from '../features/index.ts';
import type { Analysed } from '../workspace/workspace.ts';
import { outlineOf } from './outline.ts';

const MAX_FINDINGS = 200;

/** What there is to show of a file that no editor hands over. */
export async function fileAnalysis(document: Analysed, places: Places): Promise<FileAnalysis> {
  const { analysis, uri } = document;
  const possible = views(analysis);
  const features = await featuresOf(analysis.kind);
  const all = [
    ...analysis.findings.map((finding) => ({ severity: finding.severity, message: headline(finding), at: finding.at })),
    ...analysis.problems.map(({ message, span }) => ({ severity: 'hint' as const, message, at: { document: uri, span } })),
  ].sort((a, b) => bySeverity(a.severity, b.severity) || a.at.span.start - b.at.span.start);
  const shown = all.slice(0, MAX_FINDINGS);
  return {
    kind: analysis.kind,
    dialect: analysis.dialect,
    report: hasView(analysis.kind, 'report') ? contentUri({ uri, name: 'report' }) : null,
    verdict: verdict(analysis)?.text ?? null,
    views: possible.filter(isGraphView),
    documents: possible.filter(isDocumentName),
    contents: possible.filter(isTextName),
    outline: await places.withPlaces(document, (place) => outlineOf(features.symbols?.(document) ?? [], place)),
    findings: await places.withPlaces(document, (place) => shown.map(({ severity, message, at }) => ({ severity, message, range: place(at) }))),
    more: all.length - shown.length,
  };
}
