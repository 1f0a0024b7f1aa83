// Dumps that Flink makes without what threads hold (mode=lite, 2.4): that is said, nothing is called free because of them, and whole
// dumps are not taken for such.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { gaps } from '../../../server/src/core/analysis/threaddump/gaps.ts';
import type { ThreadDumpAnalysis } from '../../../server/src/core/analysis/threaddump/model.ts';
import { analyse, verdict } from '../../../server/src/core/kinds/index.ts';
import { RECORDINGS, recordings } from '../../support/incidentFolder.ts';

interface Answer {
  threadInfos: { threadName: string; stringifiedThreadInfo: string }[];
}

/** As `dumpAllThreads(false, false)` gives it: neither monitors at frames nor synchronizers below them. */
const lite = ({ threadInfos }: Answer): Answer => ({
  threadInfos: threadInfos.map(({ threadName, stringifiedThreadInfo: whole }) => ({
    threadName,
    stringifiedThreadInfo: whole
      .replace(/\n\s*Number of locked synchronizers = \d+(?:\n\s*- .*)*/g, '')
      .split('\n')
      .filter((line) => !/^\s*-\s+locked /.test(line))
      .join('\n'),
  })),
});

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
});
