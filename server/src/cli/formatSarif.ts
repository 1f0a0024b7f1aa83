import type { Invocation, Log, ReportingDescriptor, Result } from 'sarif';
import type { Range } from '../../../common/span.ts';
import { version } from '../../../common/version.ts';
import { bySeverity } from '../core/findings.ts';
import { artifactUri } from './artifactUri.ts';
import type { CheckReport, FindingReport } from './report.ts';
import { SARIF } from './words.ts';

/** Code scanning takes no more results of a run. */
const MAX_RESULTS = 25_000;
/** Nor more places of a result. */
const MAX_RELATED = 1000;

/** SARIF 2.1.0, one run, with the rules that occur. Where there are too many results, the worst are kept. */
export function formatSarif(report: CheckReport, rules: (id: string) => { title: string; docs: string } | undefined): Log {
  const all = report.files.flatMap(({ path, findings }) => findings.map((finding) => ({ path, finding })));
  const kept = all.length <= MAX_RESULTS ? all : all.sort((a, b) => bySeverity(a.finding.severity, b.finding.severity)).slice(0, MAX_RESULTS);
  const used = new Set(kept.map(({ finding }) => finding.id));
  const left = all.length - kept.length;
  const failures = (report.failures ?? []).map(({ path, message }) => `${path}: ${message}`);
  const notes = left === 0 ? failures : [...failures, SARIF.left(left)];
  return {
    version: '2.1.0',
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    runs: [
      {
        tool: { driver: { name: 'logjam', version, rules: [...used].sort().map((id) => descriptor(id, rules(id))) } },
        results: kept.map(({ path, finding }) => result(path, finding)),
        ...(notes.length === 0 ? {} : { invocations: [invocation(notes)] }),
        columnKind: 'utf16CodeUnits',
        // No result of its own: it has no line, and code scanning shows nothing without one.
        ...(report.verdict === undefined ? {} : { properties: { verdict: report.verdict, ...(report.others && { others: report.others }) } }),
      },
    ],
  };
}

/** Says that the run is not complete. */
function invocation(notes: readonly string[]): Invocation {
  const notifications = notes.map((text) => ({ level: 'error' as const, message: { text } }));
  return { executionSuccessful: false, toolExecutionNotifications: notifications };
}

function descriptor(id: string, rule: { title: string; docs: string } | undefined): ReportingDescriptor {
  if (rule === undefined) return { id };
  const [first = rule.title] = rule.docs.split('\n\n');
  return {
    id,
    shortDescription: { text: rule.title },
    fullDescription: { text: first.replaceAll('\n', ' ') },
    help: { text: rule.docs, markdown: rule.docs },
  };
}

function result(path: string, finding: FindingReport): Result {
  return {
    ruleId: finding.id,
    level: finding.severity === 'error' || finding.severity === 'warning' ? finding.severity : 'note',
    message: { text: [finding.message, ...finding.details, ...finding.advice].join('\n') },
    locations: [location(path, finding.range)],
    partialFingerprints: { 'logjam/v1': finding.fingerprint },
    relatedLocations: finding.related
      .slice(0, MAX_RELATED)
      .map((related, i) => ({ id: i, ...location(related.path, related.range), message: { text: related.message } })),
    properties: {
      code: finding.code,
      facts: finding.facts,
      certainty: finding.certainty,
      evidence: finding.evidence,
      missing: finding.missing,
      knownIssue: finding.knownIssue,
    },
  };
}

function location(path: string, range: Range) {
  return {
    physicalLocation: {
      artifactLocation: { uri: artifactUri(path) },
      region: {
        startLine: range.start.line + 1,
        startColumn: range.start.character + 1,
        endLine: range.end.line + 1,
        endColumn: range.end.character + 1,
      },
    },
  };
}
