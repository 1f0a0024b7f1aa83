// Dumps that Flink makes without what threads hold (mode=lite, 2.4): that is said, nothing is called free because of them, and whole
// dumps are not taken for such.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { gaps } from '../../../server/src/core/analysis/threaddump/gaps.ts';
import type { ThreadDumpAnalysis } from '../../../server/src/core/analysis/threaddump/model.ts';
import { conclude } from '../../../server/src/core/incident/conclude.ts';
import { analyse, graph, verdict } from '../../../server/src/core/kinds/index.ts';
import { digestOf, RECORDINGS, recordings } from '../../support/incidentFolder.ts';
import { type ThreadDumpAnswer as Answer, lite } from '../../support/liteDump.ts';

/** As JSON, and as the text that the Web UI offers. */
const forms = (answer: Answer): string[] => [
  JSON.stringify(answer),
  `${answer.threadInfos.map(({ stringifiedThreadInfo }) => stringifiedThreadInfo.trimEnd()).join('\n\n')}\n`,
];

async function read(text: string): Promise<ThreadDumpAnalysis> {
  const analysis = await analyse({ uri: 'file:///dump', text });
  assert.equal(analysis.kind, 'thread-dump');
  return analysis;
}

const isFlagged = ({ dumps }: ThreadDumpAnalysis): boolean => dumps.every((dump) => gaps(dump).some(({ code }) => code === 'taken-without-locks'));

describe('a dump without locks', () => {
  const files = recordings()
    .map((name) => `${RECORDINGS}/${name}/taskmanager-thread-dump.json`)
    .filter((file) => existsSync(file))
    // Of a few threads nothing can be told.
    .filter((file) => (JSON.parse(readFileSync(file, 'utf8')) as Answer).threadInfos.length >= 20);

  for (const file of files)
    it(`of ${file.split('/').slice(-3, -1).join('/')} is told from a whole one`, async () => {
      const answer = JSON.parse(readFileSync(file, 'utf8')) as Answer;
      for (const text of forms(answer)) assert.equal(isFlagged(await read(text)), false);
      for (const text of forms(lite(answer))) assert.equal(isFlagged(await read(text)), true);
    });

  it('leaves open whether threads wait for each other', async () => {
    const [file = ''] = files.filter((name) => name.includes('2.3.0/word-count'));
    const dump = lite(JSON.parse(readFileSync(file, 'utf8')) as Answer);
    // Without the subtasks nothing else is to be said of it.
    const rest = { threadInfos: dump.threadInfos.filter(({ threadName }) => !/\(\d+\/\d+\)/.test(threadName)) };
    assert.match(verdict(await read(JSON.stringify(rest)))?.text ?? '', /does not show everything/);
  });

  it('says in the graph and in an incident that a deadlock may not show, and finds the one that shows', async () => {
    const [sound = ''] = files.filter((name) => name.includes('2.3.0/word-count'));
    const [stuck = ''] = files.filter((name) => name.includes('2.3.0/monitor-deadlock'));
    const textOf = (file: string) => JSON.stringify(lite(JSON.parse(readFileSync(file, 'utf8')) as Answer));
    const drawn = graph(await read(textOf(sound)), 'lock-wait');
    assert.match([drawn?.empty, ...(drawn?.notes ?? [])].join(), /without them \(mode=lite\), and a deadlock may not show/);
    const incident = async (file: string) => conclude(await digestOf('taskmanagers/one/thread-dump-1.json', textOf(file)));
    const { coverage, verdict: told } = await incident(sound);
    assert.notEqual(told.health, 'healthy');
    assert.ok(
      coverage.missing.some(({ what, decides }) => /with the locks that its threads hold/.test(what) && /deadlock may not show/.test(decides)),
      JSON.stringify(coverage.missing),
    );
    const deadlocked = await incident(stuck);
    assert.equal(deadlocked.verdict.code, 'deadlock');
    assert.ok(!deadlocked.coverage.missing.some(({ what }) => /locks/.test(what)));
  });
});
