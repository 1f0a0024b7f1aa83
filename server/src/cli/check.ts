import { parseArgs } from 'node:util';
import type { Incident } from '../../../common/incident.ts';
import { bySeverity, SEVERITIES } from '../core/findings.ts';
import { mergeAll } from '../core/incident/digest/merge.ts';
import type { Digest } from '../core/incident/digest/model.ts';
import type { Severity } from '../core/model.ts';
import { checkFiles } from './checkFiles.ts';
import { UsageError } from './errors.ts';
import { formatFile, formatTotals, formatVerdict } from './formatText.ts';
import { Inputs } from './inputs.ts';
import { CHECK_OPTIONS } from './options.ts';
import type { CheckReport, FileReport } from './report.ts';
import { out, outJson, outStyled } from './terminal.ts';
import { USAGE } from './words.ts';

const FORMATS = ['text', 'json', 'sarif', 'junit', 'ndjson'] as const;
const FAIL_ON = ['error', 'warning', 'never'] as const;

/** `logjam check`: says what is wrong in every file, and in all together; exit code 1 when something is at or above --fail-on. */
export async function check(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: CHECK_OPTIONS,
  });
  const format = oneOf('--format', values.format, FORMATS);
  const failOn = oneOf('--fail-on', values['fail-on'], FAIL_ON);
  const least = oneOf('--min-severity', values['min-severity'], SEVERITIES);
  if (values.fix && values.diff) throw new UsageError(USAGE.fixOrDiff);

  const inputs = new Inputs(values);
  const named = await inputs.sources(positionals);
  if (values.diff) {
    const { fixSources } = await import('./fix.ts');
    const { changed, left } = await fixSources(named, { inputs, mode: 'diff' });
    return inputs.code(failOn === 'warning' && changed + left > 0 ? 1 : 0);
  }
  if (values.fix) await (await import('./fix.ts')).fixSources(named, { inputs, mode: 'write' });

  const reports: FileReport[] = [];
  const digests: Digest[] = [];
  let failed = false;
  await checkFiles(inputs, named, (source, { report: all, known, digest }) => {
    // Folders hold all sorts of files: only what was named is worth a word when it is none of ours.
    if (!known && !source.named) return;
    if (digest !== null) digests.push(digest);
    failed ||= all.findings.some((finding) => atOrAbove(finding.severity, failOn));
    const report = { ...all, findings: all.findings.filter(({ severity }) => bySeverity(severity, least) <= 0) };
    if (format === 'ndjson') outJson(report);
    else reports.push(report);
  });
  const incident = await incidentIn(digests, inputs);
  // What the files are together may be worse than what each is by itself.
  const verdicts = incident === null ? [] : [incident.verdict, ...incident.others.map(({ verdict }) => verdict)];
  failed ||= verdicts.some(({ severity }) => severity !== null && atOrAbove(severity, failOn));
  if (format === 'text') {
    for (const report of worstFirst(reports)) outStyled(formatFile(report, values));
    if (named.length > 1 && !values.quiet)
      outStyled(
        formatTotals(
          reports,
          verdicts.some(({ health }) => health === 'failing'),
        ),
      );
    for (const { name, verdict } of incident?.others ?? []) outStyled(formatVerdict(verdict, name));
    if (incident !== null) outStyled(formatVerdict(incident.verdict));
  }
  if (reports.length === 0 && format !== 'ndjson') inputs.nothing(positionals, named.length);
  const all: CheckReport = {
    schema: 1,
    files: reports,
    ...(incident === null ? {} : { verdict: incident.verdict, ...(incident.others.length === 0 ? {} : { others: incident.others }) }),
    ...(inputs.failures.length === 0 ? {} : { failures: inputs.failures }),
  };
  if (format === 'json') outJson(all, 2);
  if (format === 'sarif') {
    const { rule } = await import('../core/rules/index.ts');
    const { formatSarif } = await import('./formatSarif.ts');
    outJson(formatSarif(all, rule), 2);
  }
  if (format === 'junit') {
    const { formatJunit } = await import('./formatJunit.ts');
    out(formatJunit(all, (severity) => atOrAbove(severity, failOn)));
  }
  return inputs.code(failed ? 1 : 0);
}

/** What plans and sources say is no incident. */
const STATIC: ReadonlySet<string> = new Set(['job-graph', 'java-source']);

/** Of several files, what they are together. */
async function incidentIn(digests: readonly Digest[], inputs: Inputs): Promise<Incident | null> {
  const digest = mergeAll(digests);
  if (digest.sources.length < 2 || digest.sources.every(({ kind }) => STATIC.has(kind))) return null;
  const { incidentOf } = await import('./incident.ts');
  return incidentOf(digest, inputs);
}

/** Files with the worst findings first, and in the order in which they were read where these are alike. */
function worstFirst(reports: readonly FileReport[]): FileReport[] {
  const rank = ({ findings }: FileReport) => Math.min(SEVERITIES.length, ...findings.map(({ severity }) => SEVERITIES.indexOf(severity)));
  return [...reports].sort((a, b) => rank(a) - rank(b));
}

function atOrAbove(severity: Severity, failOn: (typeof FAIL_ON)[number]): boolean {
  if (failOn === 'never') return false;
  return severity === 'error' || (failOn === 'warning' && severity === 'warning');
}

export function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new UsageError(USAGE.oneOf(option, allowed, value));
  return found;
}
