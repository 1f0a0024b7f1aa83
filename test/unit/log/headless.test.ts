// Records that lost their heads, as people paste them: the message alone, the end of a process, an exception.
import assert from 'node:assert/strict';
import { analyse } from '../../../server/src/core/kinds/index.ts';

const TASK = 'Enrich (2/3) (8165ab305967fb79be8b1d1627170600_cbc357ccb763df2852fee8c4fc7d55f2_1_0)';
const TRACE = ['java.io.IOException: disk is broken', '\tat com.example.A.map(A.java:7)', '\tat java.lang.Thread.run(Thread.java:829)'];
const JOB = 'Job orders (3f2a9c1e5b7d4f608192a3b4c5d6e7f8) switched from state RUNNING to RESTARTING.';
const STATES = [`${TASK} switched from RUNNING to FAILED on tm-1 @ h (dataPort=1).`, ...TRACE, JOB];
const indented = (lines: readonly string[], of: (line: string, at: number) => boolean): string[] =>
  lines.map((line, at) => (of(line, at) ? `    ${line}` : line));
const ENDED =
  'Worker orders-taskmanager-1-1 is terminated. Diagnostics: Pod terminated, container termination statuses: [flink-main-container(exitCode=239, reason=Error, message=null)]';

const CASES: [string, readonly string[], string][] = [
  ['a state change with its trace', STATES, 'First failure: IOException: disk is broken, line 0'],
  ['the first message indented as code', indented(STATES, (_, at) => at === 0), 'First failure: IOException: disk is broken, line 0'],
  ['all messages indented', indented(STATES, (line) => line.includes(' switched ')), 'First failure: IOException: disk is broken, line 0'],
  ['every line indented', indented(STATES, () => true), 'First failure: IOException: disk is broken, line 0'],
  ['the end of a worker', [ENDED], 'The container was ended by its handler of fatal errors (exit code 239), line 0'],
  ['an exception alone', TRACE, 'First failure: IOException: disk is broken, line 0'],
];

describe('records without a head', () => {
  for (const [what, lines, expected] of CASES)
    it(what, async () => {
      const text = `${lines.join('\n')}\n`;
      const { findings } = await analyse({ uri: 'file:///pasted.log', text });
      const [first] = findings.filter(({ id }) => id === 'first-failure');
      assert.ok(first);
      assert.equal(`${first.message}, line ${text.slice(0, first.at.span.start).split('\n').length - 1}`, expected);
    });
});
