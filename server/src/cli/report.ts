import type { Kind } from '../../../common/ids.ts';
import type { Range, Span } from '../../../common/span.ts';
import { type Analysis, summary } from '../core/kinds/index.ts';
import type { Summary } from '../core/kinds/kind.ts';
import type { Certainty, Severity } from '../core/model.ts';
import type { Places } from '../core/places.ts';
import type { Loaded } from './load.ts';

/** The JSON of `logjam check`: docs/check.schema.json describes it, tests validate against that. */
export interface CheckReport {
  schema: 1;
  files: FileReport[];
}

export interface FileReport {
  path: string;
  kind: Kind;
  dialect: string;
  flinkVersion: { range: string; evidence: string } | null;
  problems: { message: string; range: Range }[];
  findings: FindingReport[];
  summary: Summary;
}

export interface FindingReport {
  id: string;
  severity: Severity;
  certainty: Certainty;
  message: string;
  range: Range;
  related: { path: string; range: Range; message: string }[];
  evidence: string[];
  missing: string[];
  knownIssue: string | null;
  fixes: { title: string; kind: string }[];
}

/** What there is to say of a file that was read and analysed. */
export async function fileReport(loaded: Loaded, places: Places): Promise<FileReport> {
  const { name, analysis } = loaded;
  // The summary holds no places; a large log's is made once.
  const own = summary(analysis);
  return places.withPlaces(loaded, (place) => ({ ...reportOf(name, analysis, place), summary: own }));
}

function reportOf(path: string, analysis: Analysis, range: (span: Span) => Range): Omit<FileReport, 'summary'> {
  const { kind, dialect, flinkVersion } = analysis;
  return {
    path,
    kind,
    dialect,
    flinkVersion: flinkVersion === null ? null : { range: flinkVersion.range, evidence: flinkVersion.evidence },
    problems: analysis.problems.map(({ message, span }) => ({ message, range: range(span) })),
    findings: analysis.findings.map((finding) => ({
      id: finding.id,
      severity: finding.severity,
      certainty: finding.certainty,
      message: finding.message,
      range: range(finding.span),
      related: finding.related.map((place) => ({
        path: place.uri ?? path,
        range: place.range ?? range(place.span),
        message: place.message,
      })),
      evidence: finding.evidence,
      missing: finding.missing,
      knownIssue: finding.knownIssue,
      fixes: finding.fixes.map(({ title, kind: fixKind }) => ({ title, kind: fixKind })),
    })),
  };
}
