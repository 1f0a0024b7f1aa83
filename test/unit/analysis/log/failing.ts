import assert from 'node:assert/strict';
import { adviceOf } from '../../../../server/src/core/rules/log/advice.ts';
import { episodeHeadline, verdictLine } from '../../../../server/src/core/rules/log/words.ts';
import { read } from '../../log/helpers.ts';

/** Records of a log in which one subtask fails. */

export const record = (second: number, logger: string, message: string, ...more: string[]): string =>
  `${[`2031-05-06 08:00:${String(second).padStart(2, '0')},000 INFO  org.apache.flink.runtime.${logger} [] - ${message}`, ...more].join('\n')}\n`;

export const fails = (...trace: string[]): string =>
  record(
    20,
    'executiongraph.ExecutionGraph',
    'Map (1/2) (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb1_0_0) switched from RUNNING to FAILED on tm-1 @ host (dataPort=1).',
    ...trace,
    '\tat org.apache.flink.runtime.taskmanager.Task.run(Task.java:562)',
  );

/** What is said of the first failure of a log: by its file and by its folder, and what to do. */
export async function saidOf(text: string): Promise<{ headline: string; verdict: string; advice: string[] }> {
  const analysis = await read(text);
  const [episode] = analysis.failures.episodes;
  assert.ok(episode, 'nothing failed');
  return {
    headline: episodeHeadline(episode, { number: 1, of: 1, causes: 1, count: 1 }),
    verdict: verdictLine(episode),
    advice: adviceOf(analysis, episode),
  };
}
