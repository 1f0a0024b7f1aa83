import type { IncidentVerdict } from '../../../common/incident.ts';
import { escapeXml } from '../../../common/xml.ts';
import type { Severity } from '../core/model.ts';
import type { CheckReport, FileReport, FindingReport } from './report.ts';

/**
 * JUnit's XML, as CI servers show it: a suite a file, with a test for each of its findings. Those that make the command fail
 * are failures; the others passed, with their text as output. What the files are together is a suite of its own. A file that was not
 * read is an error.
 */
export function formatJunit({ files, verdict, others = [], failures = [] }: CheckReport, fails: (severity: Severity) => boolean): string {
  const suites = [
    ...files.map((file) => suite(file, fails)),
    ...(verdict === undefined ? [] : [together([verdict, ...others.map((other) => other.verdict)], fails)]),
    ...failures.map(({ path, message }) => unread(path, message)),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="logjam">\n${suites.join('')}</testsuites>\n`;
}

function suite({ path, kind, findings }: FileReport, fails: (severity: Severity) => boolean): string {
  const tests = findings.length === 0 ? [test(path, kind, '')] : findings.map((finding) => test(path, nameOf(finding), outcome(finding, fails)));
  const failed = findings.filter(({ severity }) => fails(severity)).length;
  return opening(path, { tests: tests.length, failures: failed, errors: 0 }, tests);
}

function together(verdicts: readonly IncidentVerdict[], fails: (severity: Severity) => boolean): string {
  const failing = ({ severity }: IncidentVerdict) => severity !== null && fails(severity);
  const tests = verdicts.map((one) => {
    const { code, severity, sentence, evidence, advice } = one;
    const text = escapeXml([sentence, ...evidence.map((each) => each.text), ...advice].join('\n'));
    const failure = `<failure type="${escapeXml(`${severity}: ${code}`)}" message="${escapeXml(sentence)}">${text}</failure>`;
    return test('verdict', sentence, failing(one) ? failure : `<system-out>${text}</system-out>`);
  });
  return opening('verdict', { tests: tests.length, failures: verdicts.filter(failing).length, errors: 0 }, tests);
}

const unread = (path: string, message: string): string =>
  opening(path, { tests: 1, failures: 0, errors: 1 }, [test(path, 'read', `<error message="${escapeXml(message)}"/>`)]);

function opening(path: string, counts: Readonly<Record<'tests' | 'failures' | 'errors', number>>, tests: readonly string[]): string {
  const attributes = Object.entries(counts).map(([name, count]) => ` ${name}="${count}"`);
  return `  <testsuite name="${escapeXml(path)}"${attributes.join('')}>\n${tests.join('')}  </testsuite>\n`;
}

const test = (path: string, name: string, content: string): string =>
  `    <testcase classname="${escapeXml(path)}" name="${escapeXml(name)}"${content === '' ? '/>' : `>${content}</testcase>`}\n`;

const nameOf = ({ id, range, message }: FindingReport): string => `${id}, line ${range.start.line + 1}: ${message}`;

function outcome({ id, severity, message, details, evidence, advice }: FindingReport, fails: (severity: Severity) => boolean): string {
  const text = escapeXml([message, ...details, ...evidence, ...advice].join('\n'));
  return fails(severity)
    ? `<failure type="${escapeXml(`${severity}: ${id}`)}" message="${escapeXml(message)}">${text}</failure>`
    : `<system-out>${text}</system-out>`;
}
