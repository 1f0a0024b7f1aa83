// Findings as other programs take them.
import assert from 'node:assert/strict';
import type { IncidentVerdict } from '../../../common/incident.ts';
import { formatJunit } from '../../../server/src/cli/formatJunit.ts';
import { formatSarif } from '../../../server/src/cli/formatSarif.ts';
import type { FileReport, FindingReport } from '../../../server/src/cli/report.ts';

const PLACE = { start: { line: 3, character: 0 }, end: { line: 3, character: 9 } };
const finding = (severity: FindingReport['severity'], message: string): FindingReport => ({
  id: 'deadlock',
  code: 'deadlock',
  severity,
  certainty: 'proved',
  message,
  details: [],
  advice: ['Do <this> & that.'],
  range: PLACE,
  related: Array.from({ length: 1500 }, () => ({ path: 'a.txt', range: PLACE, message: 'there' })),
  evidence: [],
  missing: [],
  knownIssue: null,
  facts: {},
  fingerprint: message,
  fixes: [],
});
const file = (path: string, findings: FindingReport[]): FileReport => ({
  path,
  kind: 'thread-dump',
  dialect: 'jstack',
  flinkVersion: null,
  problems: [],
  findings,
  suspicion: null,
  summary: null,
});

describe('SARIF', () => {
  it('has no more than code scanning takes, the worst of them, and says what is left out', () => {
    const many = Array.from({ length: 26_000 }, (_, index) => ({
      ...finding(index === 25_999 ? 'error' : 'warning', `number ${index}`),
      related: [],
    }));
    const [run] = formatSarif({ schema: 1, files: [file('a.txt', many)] }, () => undefined).runs;
    assert.equal(run?.results?.length, 25_000);
    assert.equal(run.results[0]?.level, 'error');
    assert.match(run.invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text ?? '', /^1,?000 findings more than code scanning takes/);
    assert.equal(
      formatSarif({ schema: 1, files: [file('a.txt', [finding('error', 'x')])] }, () => undefined).runs[0]?.results?.[0]?.relatedLocations?.length,
      1000,
    );
  });

  it('carries what the files are together', () => {
    const verdict = { code: 'deadlock', sentence: 'Deadlock: "a" and "b" wait for each other.', certainty: 'proved' } as IncidentVerdict;
    const [run] = formatSarif({ schema: 1, files: [file('a.txt', [])], verdict }, () => undefined).runs;
    assert.deepEqual(run?.properties, { verdict });
    assert.equal(formatSarif({ schema: 1, files: [file('a.txt', [])] }, () => undefined).runs[0]?.properties, undefined);
  });
});

it('JUnit has a suite a file and a test a finding; only what makes the command fail is a failure, and no text is markup', () => {
  const text = formatJunit(
    {
      schema: 1,
      files: [file('dumps/"a" & b.txt', [finding('error', 'Two <wait> for "each" other'), finding('info', 'idle\u0000')]), file('c.txt', [])],
      failures: [{ path: 'd.zip', message: 'damaged' }],
    },
    (severity) => severity === 'error',
  );
  const name = 'dumps/&quot;a&quot; &amp; b.txt';
  const said = 'Two &lt;wait&gt; for &quot;each&quot; other';
  assert.deepEqual(text.trimEnd().split('\n'), [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="logjam">',
    `  <testsuite name="${name}" tests="2" failures="1" errors="0">`,
    `    <testcase classname="${name}" name="deadlock, line 4: ${said}"><failure type="error: deadlock" message="${said}">${said}`,
    'Do &lt;this&gt; &amp; that.</failure></testcase>',
    `    <testcase classname="${name}" name="deadlock, line 4: idle\\u0000"><system-out>idle\\u0000`,
    'Do &lt;this&gt; &amp; that.</system-out></testcase>',
    '  </testsuite>',
    '  <testsuite name="c.txt" tests="1" failures="0" errors="0">',
    '    <testcase classname="c.txt" name="thread-dump"/>',
    '  </testsuite>',
    '  <testsuite name="d.zip" tests="1" failures="0" errors="1">',
    '    <testcase classname="d.zip" name="read"><error message="damaged"/></testcase>',
    '  </testsuite>',
    '</testsuites>',
  ]);
});
