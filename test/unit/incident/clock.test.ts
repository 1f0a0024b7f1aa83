import assert from 'node:assert/strict';
import path from 'node:path';
import { conclude } from '../../../server/src/core/incident/conclude.ts';
import { mergeAll } from '../../../server/src/core/incident/digest/merge.ts';
import { formatStamp } from '../../../server/src/core/log/time.ts';
import { digestsOf, filesIn, RECORDINGS } from '../../support/incidentFolder.ts';

const MINUTE = 60_000;

/** The files of a recording as a machine in another zone writes them: logs print its local time, the REST API does not know of it. */
function inZone(folder: string, minutes: number, keep: (name: string) => boolean = () => true): { name: string; text: string }[] {
  const stamp = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}/gm;
  const later = (text: string) => formatStamp(Date.parse(`${text.replace(' ', 'T').replace(',', '.')}Z`) + minutes * MINUTE, true);
  return filesIn(path.join(RECORDINGS, folder))
    .filter(({ name }) => keep(name))
    .map(({ name, text }) => ({ name, text: /\.log$/.test(name) && !name.includes('gc') ? text.replace(stamp, later) : text }));
}

const concluded = async (files: { name: string; text: string }[]) => conclude(mergeAll(await digestsOf(files)));

describe('one history of logs without a zone and of REST answers', () => {
  for (const [folder, minutes, offset] of [
    ['2.3.0/failing-sink', 330, /^Times are those of the logs, in UTC\+05:30, as shown by \d failures that the REST API reports too\.$/],
    ['1.13.1/failing-sink', -480, /in UTC-08:00, as shown by \d failures/],
    ['2.3.0/restart-loop', 60, /in UTC\+01:00, as shown by 9 failures/],
    ['1.20.3/taskmanager-killed', 120, /in UTC\+02:00, as shown by 3 checkpoints whose time since 1970 it prints/],
    ['1.20.3/failing-sink', 0, /in UTC, as shown by \d failures/],
  ] as const) {
    it(`${folder}, ${minutes} minutes from UTC`, async () => {
      const here = await concluded(inZone(folder, minutes));
      const utc = await concluded(inZone(folder, 0));
      assert.match(here.axis.offset ?? '', offset);
      assert.deepEqual(here.unresolved, utc.unresolved);
      assert.deepEqual(here.verdict, { ...utc.verdict, since: utc.verdict.since === null ? null : utc.verdict.since + minutes * MINUTE });
      const isFailure = ({ kind }: (typeof here.axis.entries)[number]) => kind === 'failure' || kind === 'consequence';
      assert.deepEqual(
        here.axis.entries.filter(isFailure).map(({ time, text, at }) => [time - minutes * MINUTE, text, at]),
        utc.axis.entries.filter(isFailure).map(({ time, text, at }) => [time, text, at]),
      );
    });
  }

  it('what only the REST API tells stands in its place', async () => {
    const files = inZone('2.3.0/restart-loop', 120, (name) => !name.startsWith('jobmanager'));
    // The log of the TaskManager begins after the failures of the first attempt.
    const cut = files.map(({ name, text }) => {
      const at = text.indexOf('ledger: Writer (1/2)#1');
      return name === 'taskmanager.log' ? { name, text: text.slice(text.indexOf('\n20', at) + 1) } : { name, text };
    });
    const { verdict, axis } = await concluded(cut);
    assert.match(verdict.sentence, /No space left on device/);
    assert.match(axis.offset ?? '', /UTC\+02:00/);
    const first = axis.entries.find(({ kind }) => kind === 'failure');
    assert.equal(first?.at?.source, 'exceptions.json');
  });

  it('a clock that is no zone is not guessed: they are not joined, and it says so', async () => {
    const { axis, unresolved } = await concluded(inZone('2.3.0/failing-sink', 37));
    assert.equal(axis.offset, null);
    assert.deepEqual(unresolved, [
      { what: 'the clock of exceptions.json', why: 'the logs state no time zone, and no failure that both report shows it' },
    ]);
    assert.ok(axis.entries.every(({ at }) => at?.source !== 'exceptions.json'));
  });

  it('failures that repeat as zones do tell none', async () => {
    const at = (minute: number) => Date.UTC(2026, 3, 1, 10, minute);
    const exception = 'java.io.IOException: Connection reset by peer';
    const trace = `${exception}\n\tat org.example.Sink.write(Sink.java:7)\n`;
    const log = [0, 15, 30, 45].map((minute) => `${formatStamp(at(minute), true)} ERROR org.example.Sink [] - Write failed\n${trace}`).join('');
    const entries = [45, 30, 15].map((minute) => ({ exceptionName: 'java.io.IOException', stacktrace: trace, timestamp: at(minute) }));
    const text = JSON.stringify({ exceptionHistory: { entries, truncated: false } });
    const files = [
      {
        name: 'taskmanager.log',
        text: `${formatStamp(at(0), true)} INFO  org.apache.flink.runtime.taskmanager.Task [] - Loading JAR files for task map (1/1)#0\n${log}`,
      },
      { name: 'exceptions.json', text },
    ];
    const { unresolved } = await concluded(files);
    assert.deepEqual(
      unresolved.map(({ why }) => why),
      ['the log states no time zone, and differences from -00:30 to +00:15 would do equally well'],
    );
  });
});
