import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Digest } from '../core/incident/digest/model.ts';
import { isDigest } from '../core/incident/digest/read.ts';
import { incidentHtml } from '../core/incident/html.ts';
import { incidentReport } from '../core/incident/report.ts';
import { report } from '../core/kinds/index.ts';
import { oneOf } from './check.ts';
import { CLUSTER } from './clusterWords.ts';
import { isAddress } from './connection.ts';
import { UsageError } from './errors.ts';
import { gcReports } from './gcReports.ts';
import { digestWithVerdict, incidentOf } from './incident.ts';
import { Inputs, urisOf } from './inputs.ts';
import { REPORT_OPTIONS } from './options.ts';
import { out, outJson } from './terminal.ts';
import { USAGE } from './words.ts';

/** Options about what is asked of a cluster. */
const CLUSTER_ONLY = ['access', 'job', 'dumps', 'lite', 'interval', 'taskmanager', 'logs', 'max-megabytes', 'max-seconds', 'redact'] as const;

const FORMATS = ['markdown', 'json', 'html'] as const;

/**
 * `logjam report`: the report page of a file as Markdown, to paste into a ticket. Several files, a folder or an archive are
 * one incident, and so is everything that is wanted as JSON or HTML.
 */
export async function reportCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: REPORT_OPTIONS,
  });
  const format = oneOf('--format', values.format, FORMATS);
  const inputs = new Inputs(values);
  const [first = ''] = positionals;
  if (positionals.some(isAddress)) {
    if (positionals.length > 1) throw new UsageError(CLUSTER.onlyUrl);
    return show(await (await import('./reportCluster.ts')).digestOfCluster(first, values, inputs), first, format, inputs);
  }
  for (const option of CLUSTER_ONLY) {
    const value = values[option];
    if (value === true || (typeof value === 'object' ? value.length > 0 : typeof value === 'string'))
      throw new UsageError(CLUSTER.onlyForUrl(option));
  }
  if (format === 'markdown' && !(await isSeveral(positionals, inputs))) return single(positionals, inputs);
  const digest = await digestWithVerdict(positionals, inputs);
  const { sources } = digest;
  if (sources.length === 0) throw new UsageError(USAGE.noSources(positionals));
  if (format === 'markdown' && sources.every(({ kind }) => kind === 'gc-log')) {
    out(await gcReports(positionals, inputs));
    return inputs.code(0);
  }
  return show(digest, positionals.join(', '), format, inputs);
}

async function show(digest: Digest, title: string, format: (typeof FORMATS)[number], inputs: Inputs): Promise<number> {
  const incident = await incidentOf(digest, inputs);
  if (format === 'json') outJson(incident, 2);
  else out(format === 'html' ? incidentHtml(incident, title) : incidentReport(incident, title));
  return inputs.code(0);
}

async function single(positionals: readonly string[], inputs: Inputs): Promise<number> {
  const { analysis, name } = await inputs.one(positionals, 'report');
  const text = report(analysis, name);
  if (text === null) throw new UsageError(USAGE.noReport(name, analysis.kind === 'unknown' ? null : analysis.kind));
  out(text);
  return inputs.code(0);
}

/** Several files, a folder, an archive of several texts, or a file of digests. */
async function isSeveral(paths: readonly string[], { workspace }: Inputs): Promise<boolean> {
  const [path] = paths;
  if (paths.length !== 1 || path === undefined) return paths.length > 1;
  if (path === '-') return false;
  const info = await stat(path).catch(() => null);
  if (info === null) return false;
  if (info.isDirectory()) return true;
  if (info.size > MAX_LOOK) return false;
  const texts = (await workspace.texts(urisOf(paths)[0] ?? '', path).catch(() => null))?.texts ?? [];
  return texts.length > 1 || texts.some(({ text }) => isDigest(text));
}

/** Larger files are streamed and are one log each. */
const MAX_LOOK = 50 * 1024 * 1024;
