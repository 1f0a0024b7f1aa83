import assert from 'node:assert/strict';
import type { LogAnalysis } from '../../../server/src/core/analysis/log/model.ts';
import { analyse } from '../../../server/src/core/kinds/index.ts';
import { logSummary } from '../../../server/src/core/views/log/summary.ts';

/** A log in which so many subtasks run and every tenth of them fails of its own. */
function log(subtasks: number): string {
  const lines: string[] = [];
  const at = (index: number) =>
    `2026-11-20 10:${String(Math.floor(index / 60_000) % 60).padStart(2, '0')}:${String(Math.floor(index / 1000) % 60).padStart(2, '0')},${String(index % 1000).padStart(3, '0')}`;
  for (let index = 1; index <= subtasks; index++) {
    const id = index.toString(16).padStart(32, '0');
    const task = `map (${index}/${subtasks}) (${id}_${id}_0_0)`;
    lines.push(`${at(index)} INFO  org.apache.flink.runtime.taskmanager.Task [] - ${task} switched from INITIALIZING to RUNNING.`);
    if (index % 10 === 0)
      lines.push(
        `${at(index)} WARN  org.apache.flink.runtime.taskmanager.Task [] - ${task} switched from RUNNING to FAILED with failure cause:`,
        'java.io.IOException: disk',
        '\tat a.b.C.d(C.java:1)',
      );
  }
  return lines.join('\n');
}

describe('the summary of a log', () => {
  it('is bounded, keeps what failed, and counts what it leaves out', async () => {
    const analysis = (await analyse({ uri: 'file:///a.log', text: log(3000) })) as LogAnalysis;
    const { executions, exceptionGroups, left } = logSummary(analysis);
    assert.equal(executions.length, 1000);
    assert.equal(executions.filter(({ end }) => end === 'FAILED').length, 300);
    assert.equal(exceptionGroups[0]?.count, 300);
    assert.equal(exceptionGroups[0]?.lines.length, 100);
    assert.deepEqual(left, { exceptionGroups: 0, lines: 200, executions: 2000, states: 0 });
  });

  it('of an ordinary log leaves nothing out', async () => {
    const analysis = (await analyse({ uri: 'file:///a.log', text: log(20) })) as LogAnalysis;
    assert.deepEqual(logSummary(analysis).left, { exceptionGroups: 0, lines: 0, executions: 0, states: 0 });
  });
});
