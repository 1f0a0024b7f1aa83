import { parseArgs } from 'node:util';
import { jsonText } from '../../../common/visible.ts';
import type { Severity } from '../core/model.ts';
import { rule } from '../core/rules/index.ts';
import { UsageError } from './errors.ts';
import { fixSources } from './fix.ts';
import { formatSarif } from './formatSarif.ts';
import { formatText } from './formatText.ts';
import { Inputs } from './inputs.ts';
import { type CheckReport, type FileReport, fileReport } from './report.ts';
import { SETTING_OPTIONS } from './settings.ts';
import { out, progress } from './terminal.ts';

const FORMATS = ['text', 'json', 'sarif', 'ndjson'] as const;
const FAIL_ON = ['error', 'warning', 'never'] as const;

/** `logjam check`: says what is wrong in every file; exit code 1 when something is at or above --fail-on. */
export async function check(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'text' },
      'fail-on': { type: 'string', default: 'error' },
      ...SETTING_OPTIONS,
      fix: { type: 'boolean', default: false },
      diff: { type: 'boolean', default: false },
    },
  });
  const format = oneOf('--format', values.format, FORMATS);
  const failOn = oneOf('--fail-on', values['fail-on'], FAIL_ON);
  if (values.fix && values.diff) throw new UsageError('--fix writes and --diff prints: only one of them');

  const inputs = new Inputs(values);
  const named = await inputs.sources(positionals);
  if (values.diff) {
    const { changed, left } = await fixSources(named, { inputs, mode: 'diff' });
    return inputs.code(failOn === 'warning' && changed + left > 0 ? 1 : 0);
  }
  if (values.fix) await fixSources(named, { inputs, mode: 'write' });

  const reports: FileReport[] = [];
  let failed = false;
  for (const source of named) {
    progress(source.path);
    for await (const loaded of inputs.each(source)) {
      // Folders hold all sorts of files: only what was named is worth a word when it is none of ours.
      if (loaded.analysis.kind === 'unknown' && !source.named) continue;
      const report = await fileReport(loaded, inputs.places);
      failed ||= report.findings.some((finding) => atOrAbove(finding.severity, failOn));
      if (format === 'text') out(formatText(report));
      else if (format === 'ndjson') out(`${jsonText(report)}\n`);
      else reports.push(report);
    }
  }
  progress('');
  const all: CheckReport = { schema: 1, files: reports, ...(inputs.failures.length === 0 ? {} : { failures: inputs.failures }) };
  if (format === 'json') out(`${jsonText(all, 2)}\n`);
  if (format === 'sarif') out(formatSarif(all, rule));
  return inputs.code(failed ? 1 : 0);
}

function atOrAbove(severity: Severity, failOn: (typeof FAIL_ON)[number]): boolean {
  if (failOn === 'never') return false;
  return severity === 'error' || (failOn === 'warning' && severity === 'warning');
}

export function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new UsageError(`${option} must be one of ${allowed.join(', ')}, not "${value}"`);
  return found;
}
