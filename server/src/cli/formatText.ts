import { SEVERITIES } from '../core/findings.ts';
import type { FileReport, FindingReport } from './report.ts';
import { CHECK } from './words.ts';

/** For people: one block a finding, places as path:line:column (1-based, as terminals and editors link them). */
export function formatText(file: FileReport): string {
  const lines: string[] = [];
  for (const finding of file.findings) lines.push(...block(file, finding), '');
  for (const problem of file.problems) lines.push(CHECK.problem(place(file.path, problem.range), problem.message));
  const version = file.flinkVersion ? `, Flink ${file.flinkVersion.range} (${file.flinkVersion.evidence})` : '';
  lines.push(`${file.path}: ${file.kind}${file.dialect === file.kind ? '' : ` (${file.dialect})`}${version}: ${count(file)}`);
  return `${lines.join('\n')}\n`;
}

function block(file: FileReport, finding: FindingReport): string[] {
  const certainty = finding.certainty === 'proved' ? '' : ` (${finding.certainty})`;
  const known = finding.knownIssue === null ? '' : ` [${finding.knownIssue}]`;
  return [
    `${place(file.path, finding.range)}: ${finding.severity}${certainty}: ${finding.message}${known} [${finding.id}]`,
    ...finding.details.map((text) => `  ${text}`),
    ...finding.advice.map((text) => `  ${CHECK.toDo(text)}`),
    ...finding.related.map((related) => `  ${place(related.path, related.range)}: ${related.message}`),
    ...finding.evidence.map((text) => `  ${CHECK.evidence(text)}`),
    ...finding.missing.map((text) => `  ${CHECK.toConfirm(text)}`),
    ...finding.fixes.filter(({ kind }) => kind !== 'show').map(({ title }) => `  ${CHECK.fix(title)}`),
  ];
}

function place(path: string, range: FindingReport['range']): string {
  return `${path}:${range.start.line + 1}:${range.start.character + 1}`;
}

function count(file: FileReport): string {
  if (file.findings.length === 0) return CHECK.none;
  const bySeverity = SEVERITIES.map((severity) => ({ severity, n: file.findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ n }) => n > 0)
    .map(({ severity, n }) => CHECK.count(severity, n));
  return bySeverity.join(', ');
}
