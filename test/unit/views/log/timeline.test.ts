// What the timeline holds, before drawing: attempts, outages, tasks as one lane, limits.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Span } from '../../../../common/span.ts';
import type { TimelineDocument } from '../../../../common/timeline.ts';
import { at } from '../../../../scripts/lib/paths.mjs';
import { logTimeline } from '../../../../server/src/core/views/log/timeline/index.ts';
import { fixture, read } from '../../log/helpers.ts';

const lab = (name: string) => readFileSync(at('test/fixtures/flink', name), 'utf8');
const of = async (text: string) => logTimeline(await read(text));
const lane = (timeline: TimelineDocument<Span>, id: string) => timeline.lanes.find((one) => one.id === id);

const task = (time: string, subtask: string, change: string) =>
  `2024-03-01 10:00:${time} INFO  org.apache.flink.runtime.taskmanager.Task                    [] - Map (${subtask}) (${'a'.repeat(30)}${subtask.replace(/\D/g, '').padStart(2, '0').slice(0, 2)}) switched from ${change}.`;

describe('timeline', () => {
  it('shows restart attempts by their printed number, each up to its failure, and the outage after it', async () => {
    const timeline = await of(lab('1.20.3/failing-sink/jobmanager.log'));
    assert.deepEqual(
      lane(timeline, 'restarts')?.intervals.map((one) => one.label),
      ['attempt #0', 'failure 1: IOException', 'attempt #1', 'failure 2: IOException', 'attempt #2', 'failure 3: IOException'],
    );
    const intervals = lane(timeline, 'restarts')?.intervals ?? [];
    for (const [index, one] of intervals.entries()) {
      const next = intervals[index + 1];
      if (next !== undefined) assert.ok((one.to ?? 0) <= next.from, `${one.label} ends before ${next.label} begins`);
    }
    assert.deepEqual(
      timeline.bands.map((band) => [band.from, band.to].map((time) => new Date(time ?? 0).toISOString().slice(17, 23))),
      [
        ['47.247', '48.382'],
        ['49.156', '50.188'],
        ['50.922', '50.923'],
      ],
    );
  });

  it('counts an attempt that came to nothing although no failure is printed for it', async () => {
    const timeline = await of(lab('2.3.0/taskmanager-killed/jobmanager.log'));
    const labels = lane(timeline, 'restarts')?.intervals.map((one) => one.label) ?? [];
    assert.ok(labels.includes('attempt #9'), labels.join(', '));
  });

  it('shows the subtasks of a task as one lane: how many are in which state', async () => {
    const timeline = await of(
      [
        task('00,000', '1/2', 'CREATED to DEPLOYING'),
        task('00,000', '2/2', 'CREATED to DEPLOYING'),
        task('01,000', '1/2', 'DEPLOYING to RUNNING'),
        task('03,000', '2/2', 'DEPLOYING to RUNNING'),
        task('09,000', '1/2', 'RUNNING to FINISHED'),
        task('10,000', '2/2', 'RUNNING to FINISHED'),
      ].join('\n'),
    );
    assert.deepEqual(
      lane(timeline, 'task:Map')?.intervals.map((one) => [one.label, one.tone, (one.to ?? 0) - one.from]),
      [
        ['all DEPLOYING', 'waiting', 1000],
        ['1 DEPLOYING, 1 RUNNING', 'waiting', 2000],
        ['all RUNNING', 'running', 6000],
        ['1 RUNNING', 'running', 1000],
      ],
    );
  });

  it('ends an attempt without a printed end where the next one of its subtask begins', async () => {
    const timeline = await of(
      [
        task('00,000', '1/2)#0', 'CREATED to DEPLOYING').replace('#0)', '#0'),
        task('05,000', '1/2)#1', 'CREATED to DEPLOYING').replace('#1)', '#1').replace('a12)', 'a99)'),
      ].join('\n'),
    );
    const [first, second] = timeline.lanes.find((one) => one.kind === 'subtask')?.intervals ?? [];
    assert.equal(first?.to, second?.from);
    assert.equal(second?.to, null);
    assert.match(first?.description ?? '', /its end is not printed, the next attempt begins/);
  });

  it('ends a checkpoint that was under way where the job failed', async () => {
    const timeline = await of(lab('2.3.0/taskmanager-killed/jobmanager.log'));
    const open = lane(timeline, 'checkpoints')?.intervals.find((one) => one.id.endsWith(':open'));
    assert.match(open?.description ?? '', /^Checkpoint 5 was triggered; no end is printed, a failure came .* later\.$/);
    assert.equal(open?.to, timeline.bands[0]?.from);
  });

  it('has no restarts to show for a log without failures', async () => {
    const timeline = await of(lab('1.20.3/word-count/jobmanager.log'));
    assert.equal(lane(timeline, 'restarts'), undefined);
    assert.deepEqual(timeline.bands, []);
  });

  it('has unique ids and stays small in a log of thousands of executions', async () => {
    const timeline = await of(manyAttempts());
    const ids = timeline.lanes.flatMap((one) => [...one.intervals, ...one.marks].map((item) => item.id));
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.length < 20_000, `${ids.length} items`);
    assert.ok(timeline.notes.some((note) => /each is drawn as one bar/.test(note)));
    for (const one of timeline.lanes) for (const item of one.intervals) assert.ok(item.to === null || item.to >= item.from, item.id);
  });

  it('is empty with a reason where the log speaks of nothing that has a place in time', async () => {
    const timeline = await of(
      '2024-03-01 10:00:00,000 INFO  org.apache.flink.x.Y [] - a\n2024-03-01 10:00:01,000 INFO  org.apache.flink.x.Y [] - b\n',
    );
    assert.match(timeline.empty ?? '', /no job, task, checkpoint or exception/);
  });

  it('of the managed-memory log: the first failure is the one that is only reported', async () => {
    const timeline = await of(fixture('tm-managed-memory-1.12.2.log'));
    const first = timeline.lanes.flatMap((one) => (one.kind === 'subtask' ? one.marks.map((mark) => ({ lane: one.label, mark })) : []));
    assert.equal(first.find(({ mark }) => mark.kind === 'first-failure')?.lane, '3/3');
    // How it went on is not in the text: what is known of the failure goes to the last one that followed.
    const [band] = timeline.bands;
    assert.equal((band?.to ?? 0) - (band?.from ?? 0), 242);
  });
});

/** 1,000 attempts of 10 subtasks, each with five switches. */
function manyAttempts(): string {
  const lines: string[] = [];
  const stamp = (at: number) => new Date(Date.UTC(2024, 2, 1) + at).toISOString().replace('T', ' ').replace('.', ',').slice(0, 23);
  const states = ['CREATED', 'DEPLOYING', 'INITIALIZING', 'RUNNING', 'CANCELING', 'CANCELED'];
  for (let attempt = 0; attempt < 1000; attempt++)
    for (let subtask = 0; subtask < 10; subtask++)
      for (let step = 1; step < states.length; step++) {
        const id = `${'a'.repeat(32)}_${'b'.repeat(32)}_${subtask}_${attempt}`;
        const switched = `switched from ${states[step - 1]} to ${states[step]}.`;
        lines.push(
          `${stamp(attempt * 10_000 + step * 1000 + subtask)} INFO  org.apache.flink.runtime.taskmanager.Task [] - Map (${subtask + 1}/10)#${attempt} (${id}) ${switched}`,
        );
      }
  return lines.join('\n');
}
