import type { Kind } from '../../../common/ids.ts';
import type { Range } from '../../../common/span.ts';
import { type Analysis, summary } from '../core/index.ts';
import type { Certainty, Severity } from '../core/model.ts';
import { LineIndex } from '../core/text.ts';

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
  summary: unknown;
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

export function fileReport(path: string, text: string, analysis: Analysis): FileReport {
  const index = new LineIndex(text);
  const { kind, dialect, flinkVersion } = analysis;
  return {
    path,
    kind,
    dialect,
    flinkVersion: flinkVersion === null ? null : { range: flinkVersion.range, evidence: flinkVersion.evidence },
    problems: analysis.problems.map(({ message, span }) => ({ message, range: index.range(span) })),
    findings: analysis.findings.map((finding) => ({
      id: finding.id,
      severity: finding.severity,
      certainty: finding.certainty,
      message: finding.message,
      range: index.range(finding.span),
      related: finding.related.map((place) => ({
        path: place.uri ?? path,
        range: place.range ?? index.range(place.span),
        message: place.message,
      })),
      evidence: finding.evidence,
      missing: finding.missing,
      knownIssue: finding.knownIssue,
      fixes: finding.fixes.map(({ title, kind: fixKind }) => ({ title, kind: fixKind })),
    })),
    summary: summary(analysis),
  };
}
