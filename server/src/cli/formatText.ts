import type { IncidentVerdict } from '../../../common/incident.ts';
import { bySeverity, SEVERITIES } from '../core/findings.ts';
import type { FileReport, FindingReport } from './report.ts';
import type { Part } from './terminal.ts';
import { CHECK } from './words.ts';

/**
 * For people: one block a finding, the worst ones first, places as path:line:column (1-based, as terminals and editors link
 * them).
 *
 * @param quiet the findings alone
 */
export function formatFile(file: FileReport, { quiet }: { quiet: boolean }): Part[] {
  const findings = [...file.findings].sort((a, b) => bySeverity(a.severity, b.severity));
  const blocks = findings.flatMap((finding) => [...block(file, finding), '\n']);
  if (quiet) return blocks;
  const problems = file.problems.map((problem) => `${CHECK.problem(place(file.path, problem.range), problem.message)}\n`);
  const version = file.flinkVersion ? `, Flink ${file.flinkVersion.range} (${file.flinkVersion.evidence})` : '';
  const kind = `${file.kind}${file.dialect === file.kind ? '' : ` (${file.dialect})`}`;
  const counts = file.kind === 'unknown' ? CHECK.unknown : (file.suspicion ?? count(file.findings));
  return [...blocks, ...problems, `${file.path}: ${kind}${version}: ${counts}\n`];
}

/**
 * The last line on several files.
 *
 * @param failing together they say that something is wrong
 */
export function formatTotals(files: readonly FileReport[], failing: boolean): Part[] {
  const findings = files.flatMap(({ findings: own }) => own);
  const counts = failing && findings.length === 0 ? CHECK.noneAlone : count(findings);
  return ['\n', ['strong', CHECK.totals(files.length, counts)], '\n'];
}

/** `cluster`: of several that have nothing in common, this one. */
export const formatVerdict = ({ sentence, certainty, knownIssue, next }: IncidentVerdict, cluster?: string): Part[] => [
  cluster === undefined ? '\n' : `\n${CHECK.cluster(cluster)}\n`,
  ['strong', CHECK.verdict(certainty, sentence, knownIssue)],
  next === null ? '\n' : `\n${CHECK.next(next)}\n`,
];

function block(file: FileReport, finding: FindingReport): Part[] {
  const certainty = finding.certainty === 'proved' ? '' : ` (${finding.certainty})`;
  const known = finding.knownIssue === null ? '' : ` [${finding.knownIssue}]`;
  const below = [
    ...finding.details,
    ...finding.advice.map(CHECK.toDo),
    ...finding.related.map((related) => `${place(related.path, related.range)}: ${related.message}`),
    ...finding.evidence.map(CHECK.evidence),
    ...finding.missing.map(CHECK.toConfirm),
    ...finding.fixes.filter(({ kind }) => kind !== 'show').map(({ title }) => CHECK.fix(title)),
  ];
  return [
    `${place(file.path, finding.range)}: `,
    [finding.severity, `${finding.severity}${certainty}`],
    ': ',
    ['strong', finding.message],
    `${known} [${finding.id}]\n`,
    ...below.map((line) => `  ${line}\n`),
  ];
}

function place(path: string, range: FindingReport['range']): string {
  return `${path}:${range.start.line + 1}:${range.start.character + 1}`;
}

function count(findings: readonly FindingReport[]): string {
  if (findings.length === 0) return CHECK.none;
  return SEVERITIES.map((severity) => ({ severity, n: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ n }) => n > 0)
    .map(({ severity, n }) => CHECK.count(severity, n))
    .join(', ');
}
