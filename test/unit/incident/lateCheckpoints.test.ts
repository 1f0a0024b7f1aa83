// Checkpoints that do not complete, with what the threads of the late subtasks do: joined where sources fit, and only there.
import assert from 'node:assert/strict';
import type { Incident } from '../../../common/incident.ts';
import { conclude } from '../../../server/src/core/incident/conclude.ts';
import { mergeAll } from '../../../server/src/core/incident/digest/merge.ts';
import { digestsOf } from '../../support/incidentFolder.ts';
import {
  aborted,
  checkpointDetails,
  checkpointSubtasks,
  completed,
  expired,
  jobManagerLog,
  jstack,
  late,
  planDocument,
  restDump,
  STACKS,
  taskManagerLog,
  triggered,
  VERTICES,
} from '../../support/pieces.ts';

async function incident(files: Record<string, string>): Promise<Incident> {
  return conclude(mergeAll(await digestsOf(Object.entries(files).map(([name, text]) => ({ name, text })))));
}

const { mail, database, socket, latch, sleep, lock, work, upload, pressed } = STACKS;
const EXPIRES = jobManagerLog(completed(60, 11), triggered(120, 12), expired(720, 12));
const LATE = jobManagerLog(completed(60, 11), triggered(120, 12), expired(720, 12), late(780, 12, 'enrich', 2));
const threads = (enrich2: (typeof STACKS)[keyof typeof STACKS]) => ({
  'Source: orders (1/2)#0': mail,
  'enrich (1/2)#0': mail,
  'enrich (2/2)#0': enrich2,
  'Sink: ledger (1/2)#0': mail,
});

const DETAILS = {
  'checkpoint-12.json': checkpointDetails(12, { source: 2, enrich: 1, sink: 0 }),
  [`checkpoints/details/12/subtasks/${VERTICES.enrich}.json`]: checkpointSubtasks(12, [2]),
};

const CASES: [string, Record<string, string>, string, string][] = [
  [
    'log of the JobManager, dump at a database',
    { 'jobmanager.log': EXPIRES, 'dump.txt': jstack(threads(database)) },
    'Checkpoints expire; perhaps because "enrich" waits for a database in CustomerLookup.map.',
    'suspected',
  ],
  [
    'the log names the late subtask',
    { 'jobmanager.log': LATE, 'dump.txt': jstack(threads(database)) },
    'Checkpoints expire: subtask 2 of "enrich" waits for a database in CustomerLookup.map.',
    'suspected',
  ],
  [
    'at a socket of a client that nobody knows',
    { 'jobmanager.log': LATE, 'dump.txt': jstack(threads(socket)) },
    'Checkpoints expire: subtask 2 of "enrich" waits for an answer in GeoClient.ask.',
    'suspected',
  ],
  [
    'at a latch',
    { 'jobmanager.log': LATE, 'dump.txt': jstack(threads(latch)) },
    'Checkpoints expire: subtask 2 of "enrich" waits for a latch in Quota.await.',
    'suspected',
  ],
  [
    'asleep',
    { 'jobmanager.log': LATE, 'dump.txt': jstack(threads(sleep)) },
    'Checkpoints expire: subtask 2 of "enrich" sleeps in Retry.pause.',
    'suspected',
  ],
  [
    'at a lock whose holder is not shown',
    { 'jobmanager.log': LATE, 'dump.txt': jstack(threads(lock)) },
    'Checkpoints expire: subtask 2 of "enrich" waits for a lock in RateTable.rate.',
    'suspected',
  ],
  [
    'details and dump of the REST API, no name of the vertex',
    { ...DETAILS, 'thread-dump.json': restDump(threads(database)) },
    'Checkpoints expire; perhaps because "enrich" waits for a database in CustomerLookup.map.',
    'suspected',
  ],
  [
    'details, plan and dump of the REST API',
    { ...DETAILS, 'plan.json': planDocument(), 'thread-dump.json': restDump(threads(database)) },
    'Checkpoints expire: subtask 2 of "enrich" waits for a database in CustomerLookup.map.',
    'suspected',
  ],
  [
    'a checkpoint in progress, of which nothing tells for how long',
    {
      'checkpoint-12.json': checkpointDetails(12, { source: 2, enrich: 1, sink: 0 }, 'IN_PROGRESS'),
      'plan.json': planDocument(),
      'thread-dump.json': restDump(threads(database)),
    },
    'A checkpoint does not complete: "enrich" waits for a database in CustomerLookup.map.',
    'suspected',
  ],
  [
    'log and dump of a TaskManager',
    { 'taskmanager.log': taskManagerLog(['enrich (2/2)'], aborted(780, 12), aborted(790, 13)), 'dump.txt': jstack(threads(database)) },
    'Checkpoints are aborted; perhaps because "enrich" waits for a database in CustomerLookup.map.',
    'suspected',
  ],
  [
    'several dumps that agree',
    { 'jobmanager.log': LATE, 'dump-1.txt': jstack(threads(database), 8), 'dump-2.txt': jstack(threads(database), 9) },
    'Checkpoints expire: subtask 2 of "enrich" waits for a database in CustomerLookup.map.',
    'suspected',
  ],
  [
    'several dumps that do not agree',
    { 'jobmanager.log': LATE, 'dump-1.txt': jstack(threads(database), 8), 'dump-2.txt': jstack(threads(mail), 9) },
    'Checkpoints expire: subtask 2 of "enrich" did not acknowledge.',
    'proved',
  ],
  [
    'the late subtask is not in the dump',
    {
      'jobmanager.log': LATE,
      'dump.txt': jstack({ 'Source: orders (1/2)#0': mail, 'enrich (1/2)#0': mail, 'Sink: ledger (1/2)#0': database }),
    },
    'Checkpoints expire: subtask 2 of "enrich" did not acknowledge.',
    'proved',
  ],
  [
    'the late subtask is at work, another one waits',
    { 'jobmanager.log': LATE, 'dump.txt': jstack({ ...threads(work), 'Sink: ledger (1/2)#0': database }) },
    'Checkpoints expire: subtask 2 of "enrich" did not acknowledge.',
    'proved',
  ],
  [
    'two vertices wait, and nothing says which was late',
    { 'jobmanager.log': EXPIRES, 'dump.txt': jstack({ ...threads(database), 'Sink: ledger (1/2)#0': socket }) },
    'Checkpoints expire before all subtasks have acknowledged them.',
    'proved',
  ],
  [
    'nobody waits',
    { 'jobmanager.log': EXPIRES, 'dump.txt': jstack(threads(mail)) },
    'Checkpoints expire before all subtasks have acknowledged them.',
    'proved',
  ],
  [
    'an upload waits',
    { 'jobmanager.log': LATE, 'dump.txt': jstack({ ...threads(mail), 'AsyncOperations-thread-1': upload }) },
    'Checkpoints expire; perhaps because an upload waits for a latch in VaultStream.upload.',
    'suspected',
  ],
  [
    'barriers queue behind a sink',
    {
      'jobmanager.log': EXPIRES,
      'dump.txt': jstack({
        'Source: orders (1/2)#0': pressed,
        'enrich (1/2)#0': pressed,
        'Sink: ledger (1/2)#0': database,
        'Sink: ledger (2/2)#0': database,
      }),
    },
    'Checkpoints expire: "Sink: ledger" holds up barriers: it waits for a database in CustomerLookup.map.',
    'suspected',
  ],
  [
    'the one who is late is before it in the flow',
    {
      'jobmanager.log': LATE,
      'dump.txt': jstack({ 'Source: orders (1/2)#0': pressed, 'enrich (2/2)#0': pressed, 'Sink: ledger (1/2)#0': work }),
    },
    'Checkpoints expire: their barriers queue before "Sink: ledger", which is too slow.',
    'suspected',
  ],
  [
    'one is open for long and its log tells no more',
    { 'jobmanager.log': jobManagerLog(completed(60, 11), triggered(120, 12)), 'dump.txt': jstack(threads(database)) },
    'A checkpoint does not complete; perhaps because "enrich" waits for a database in CustomerLookup.map.',
    'suspected',
  ],
];

describe('a checkpoint that does not complete, beside a dump', () => {
  for (const [name, files, sentence, certainty] of CASES)
    it(name, async () => {
      const { verdict } = await incident(files);
      assert.deepEqual([verdict.sentence, verdict.certainty], [sentence, certainty], JSON.stringify(verdict, null, 1));
    });

  it('is not asked for a dump that is here', async () => {
    const { verdict, coverage } = await incident({ 'jobmanager.log': LATE, 'dump.txt': jstack(threads(database)) });
    assert.doesNotMatch(verdict.next ?? '', /jstack/);
    assert.ok(verdict.evidence.some(({ text, at }) => /"enrich \(2\/2\)#0" waits for a database/.test(text) && at?.source === 'dump.txt'));
    assert.ok(!coverage.missing.some(({ what }) => what.startsWith('a thread dump')), JSON.stringify(coverage.missing));
  });

  it('asks for the dump of the TaskManager that runs the late subtask, where the others are here', async () => {
    const { coverage } = await incident({ 'jobmanager.log': LATE, 'dump.txt': jstack({ 'enrich (1/2)#0': mail }) });
    assert.ok(
      coverage.missing.some(({ what }) => what === 'a thread dump of the TaskManager that runs subtask 2 of "enrich"'),
      JSON.stringify(coverage.missing),
    );
  });

  it('says of a dump that does not agree what it shows', async () => {
    const { verdict } = await incident({
      'jobmanager.log': LATE,
      'dump-1.txt': jstack(threads(database), 8),
      'dump-2.txt': jstack(threads(mail), 9),
    });
    assert.ok(
      verdict.evidence.some(({ text }) => /waits for a database in .*, in 1 of 2 dumps/.test(text)),
      JSON.stringify(verdict.evidence),
    );
  });

  it('that is well is none: the last ones completed', async () => {
    const { verdict } = await incident({
      'jobmanager.log': jobManagerLog(completed(60, 11), triggered(120, 12), completed(121, 12)),
      'dump.txt': jstack(threads(database)),
    });
    assert.notEqual(verdict.code, 'checkpoint-expired', verdict.sentence);
  });
});
