import type { Invocation, Log, ReportingDescriptor, Result } from 'sarif';
import type { Range } from '../../../common/span.ts';
import { artifactUri } from './artifactUri.ts';
import type { Failure } from './inputs.ts';
import type { CheckReport, FindingReport } from './report.ts';

/** SARIF 2.1.0, one run, with the rules that occur. */
export function formatSarif(report: CheckReport, rules: (id: string) => { title: string; docs: string } | undefined): Log {
  const used = new Set(report.files.flatMap((file) => file.findings.map((finding) => finding.id)));
  return {
    version: '2.1.0',
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    runs: [
      {
        tool: { driver: { name: 'logjam', rules: [...used].sort().map((id) => descriptor(id, rules(id))) } },
        results: report.files.flatMap((file) => file.findings.map((finding) => result(file.path, finding))),
        ...(report.failures === undefined ? {} : { invocations: [invocation(report.failures)] }),
        columnKind: 'utf16CodeUnits',
      },
    ],
  };
}

/** Says that the run is not complete. */
function invocation(failures: readonly Failure[]): Invocation {
  const notifications = failures.map(({ path, message }) => ({ level: 'error' as const, message: { text: `${path}: ${message}` } }));
  return { executionSuccessful: false, toolExecutionNotifications: notifications };
}

function descriptor(id: string, rule: { title: string; docs: string } | undefined): ReportingDescriptor {
  return rule ? { id, shortDescription: { text: rule.title }, help: { text: rule.docs, markdown: rule.docs } } : { id };
}

function result(path: string, finding: FindingReport): Result {
  return {
    ruleId: finding.id,
    level: finding.severity === 'error' || finding.severity === 'warning' ? finding.severity : 'note',
    message: { text: [finding.message, ...finding.details, ...finding.advice].join('\n') },
    locations: [location(path, finding.range)],
    partialFingerprints: { 'logjam/v1': finding.fingerprint },
    relatedLocations: finding.related.map((related, i) => ({ id: i, ...location(related.path, related.range), message: { text: related.message } })),
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
