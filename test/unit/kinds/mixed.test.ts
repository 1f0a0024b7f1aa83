import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { at } from '../../../scripts/lib/paths.mjs';
import type { LogAnalysis } from '../../../server/src/core/analysis/log/model.ts';
import { analyse, DEFAULT_OPTIONS, digest, report } from '../../../server/src/core/kinds/index.ts';
import { analyseLogSet } from '../../../server/src/core/kinds/logSet.ts';
import { verdictText } from '../../../server/src/core/rules/log/words.ts';
import { LineIndex } from '../../../server/src/core/text.ts';

const load = (name: string): string => readFileSync(at(`test/fixtures/${name}`), 'utf8').trimEnd();

/** One text of each kind, with findings of its own. */
const PIECES: Record<string, string> = {
  dump: load('dumps/monitors-jdk17.jstack-l.txt'),
  log: load('logs/cases/state-on-slot-object.log'),
  stack:
    'java.lang.IllegalStateException: no stock\n\tat org.shop.Stock.take(Stock.java:9)\n\tat org.apache.flink.streaming.api.operators.StreamMap.processElement(StreamMap.java:38)',
  checkpoints: JSON.stringify(JSON.parse(load('rest/checkpoints-declined.json')), null, 2),
  exceptions: JSON.stringify(JSON.parse(load('rest/exceptions-labels.json')), null, 2),
};

/** How people put them into one text. */
const WAYS: Record<string, (names: readonly string[]) => string> = {
  'one below the other': (names) => names.map((name) => PIECES[name]).join('\n\n'),
  'a chat': (names) => names.map((name, index) => `Jane Doe, 10:0${index}\nthis is the ${name}, any idea?\n\n${PIECES[name]}\n`).join('\n'),
  'tail of several files': (names) => names.map((name) => `==> ${name}.txt <==\n${PIECES[name]}\n`).join('\n'),
  'fences under headings': (names) => names.map((name) => `## The ${name}\n\n\`\`\`\n${PIECES[name]}\n\`\`\`\n`).join('\n'),
  'a ticket': (names) => names.map((name) => `The ${name}:\n{noformat}\n${PIECES[name]}\n{noformat}`).join('\n'),
};

const MIXTURES = [
  ['dump', 'log'],
  ['log', 'dump'],
  ['dump', 'stack'],
  ['stack', 'dump'],
  ['dump', 'checkpoints'],
  ['checkpoints', 'log'],
  ['log', 'exceptions'],
  ['dump', 'log', 'checkpoints'],
  ['exceptions', 'dump', 'log'],
];

const codesOf = async (text: string): Promise<string[]> =>
  (await analyse({ uri: 'file:///a.txt', text })).findings.map(({ code, certainty }) => `${certainty} ${code}`);

describe('several kinds in one text', () => {
  for (const names of MIXTURES) {
    for (const [way, mix] of Object.entries(WAYS)) {
      it(`${names.join(', ')}, ${way}: what each tells is told`, async () => {
        const expected = (await Promise.all(names.map((name) => codesOf(PIECES[name] as string)))).flat();
        assert.deepEqual((await codesOf(mix(names))).sort(), expected.sort());
      });
    }
  }

  it('each has its page in the report, and is a source of the incident', async () => {
    const text = (WAYS['a chat'] as (names: readonly string[]) => string)(['dump', 'log', 'checkpoints']);
    const analysis = await analyse({ uri: 'file:///a.txt', text });
    assert.equal(report(analysis, 'ticket.txt')?.match(/^# ticket\.txt$/gm)?.length, 3);
    const index = new LineIndex(text);
    const { sources } = digest(analysis, {
      name: 'ticket.txt',
      bytes: text.length,
      text,
      lineOf: (where) => index.lineOf('span' in where ? where.span.start : where.start),
    });
    assert.deepEqual(sources.map(({ kind }) => kind).sort(), ['flink-log', 'rest-document', 'thread-dump']);
    assert.equal(new Set(sources.map(({ id }) => id)).size, 3);
    const { at: place } = analysis.findings.find(({ code }) => code === 'first-failure') ?? assert.fail();
    assert.match(text.slice(place.span.start), /^Count \(2\/4\)/);
  });

  it('a job among answers of the REST API is told once', async () => {
    const job = readFileSync(at('demo/3-back-pressure/job.json'), 'utf8');
    const text = `GET /jobs/1\n${job}\n\nGET /overview\n${load('rest/overview-no-taskmanager.json')}`;
    assert.deepEqual((await codesOf(text)).filter((code) => /rebalance|bottleneck/.test(code)).sort(), (await codesOf(job)).sort());
    assert.ok((await codesOf(text)).includes('proved no-task-manager'));
  });

  it('a text of one kind is as it was', async () => {
    for (const piece of Object.values(PIECES))
      assert.equal((await analyse({ uri: 'file:///a.txt', text: `Hi all,\n\n${piece}\n\nThanks` })).parts, undefined);
  });
});

/** Lines by which people and tools tell one file from the next. */
const NAMED: Record<string, (name: string) => string> = {
  'tail of several files': (name) => `==> ${name} <==`,
  'a rule': (name) => `### ${name} ###`,
  'a prompt': (name) => `flink@host-a:/opt/flink/log$ cat ${name}`,
  'a name': (name) => `${name}:`,
  'a pod': (name) => `$ kubectl logs ${name.replace('.log', '')}-0 -n flink`,
};

const RECORDED = ['1.20.3/failing-sink', '2.3.0/taskmanager-killed', '1.13.1/managed-memory'];

describe('the logs of two processes in one text', () => {
  const told = ({ log, failures }: LogAnalysis) => ({
    verdicts: failures.episodes.map(verdictText),
    records: log.recordCount,
    executions: log.executions.length,
    back: log.clockSteps.length,
  });
  for (const recording of RECORDED) {
    for (const [way, line] of Object.entries(NAMED)) {
      it(`${recording}, below ${way}: read as the two files are`, async () => {
        const texts = ['taskmanager.log', 'jobmanager.log'].map((name) => ({
          name,
          uri: `file:///${name}`,
          text: load(`flink/${recording}/${name}`),
        }));
        const files = await analyseLogSet(texts, DEFAULT_OPTIONS);
        const text = texts.map((one) => `${line(one.name)}\n${one.text}`).join('\n\n');
        const one = await analyse({ uri: 'file:///a.txt', text });
        assert.ok(one.kind === 'flink-log');
        assert.deepEqual(told(one), told(files));
        for (const { span, message } of one.log.records) assert.ok(text.slice(span.start, span.end).includes(message.slice(0, 40)));
        const index = new LineIndex(text);
        const { sources } = digest(one, {
          name: 'a.txt',
          bytes: text.length,
          text,
          lineOf: (where) => index.lineOf('span' in where ? where.span.start : where.start),
        });
        assert.equal(new Set(sources.map(({ id }) => id)).size, 2);
        assert.deepEqual(
          sources.map(({ names }) => /taskmanager|jobmanager/.exec(names[0] ?? '')?.[0]),
          ['taskmanager', 'jobmanager'],
        );
      });
    }
  }

  it('a record that names a host divides nothing', async () => {
    const text = load('logs/cases/state-on-slot-object.log');
    const lines = text.split('\n');
    const { length } = lines;
    lines.splice(Math.floor(length / 2), 0, '2030-01-01 10:00:00,500 INFO  a.b.Host [] - host tm-2:');
    const analysis = await analyse({ uri: 'file:///a.txt', text: lines.join('\n') });
    assert.ok(analysis.kind === 'flink-log');
    assert.equal(analysis.sections, undefined);
  });
});

/** Of `yarn logs`, in the words of Hadoop 3 and of Hadoop 2. */
const YARN: Record<string, (name: string, text: string) => string> = {
  'Hadoop 3': (name, text) =>
    `LogType:${name}\nLogLastModifiedTime:Mon Nov 30 06:00:00 +0000 2026\nLogLength:${text.length}\nLogContents:\n${text}\nEnd of LogType:${name}\n${'*'.repeat(71)}\n\n`,
  'a container that runs': (name, text) =>
    `LogType:${name}\nLogLength:${text.length}\nLogContents:\n${text}\nEnd of LogType:${name}.This log file belongs to a running container (container_7) and so may not be complete.\n${'*'.repeat(71)}\n\n`,
  'Hadoop 2': (name, text) => `LogType:${name}\nLog Upload Time:Mon Nov 30 06:00:00 +0000 2026\nLogLength:${text.length}\nLog Contents:\n${text}\n\n`,
};

describe('the containers in what yarn prints', () => {
  const FILES = ['jobmanager.log', 'taskmanager.log', 'taskmanager-2.log'];
  const texts = FILES.map((name) => ({ name, text: load(`flink/2.3.0/taskmanager-killed/${name}`) }));
  /** Each in a container of its own, in a file that is called the same in all. */
  const streamOf = (file: (name: string, text: string) => string): string =>
    texts
      .map(({ name, text }, index) => {
        const own = name.replace('-2', '');
        const above = `Container: container_e01_1790000000000_0001_01_00000${index + 1} on host-${index}_8041\nLogAggregationType: AGGREGATED\n${'='.repeat(101)}\n`;
        return (
          above + file(own.replace('.log', '.err'), '') + file('launch_container.sh', '#!/bin/bash\nset -e\nexport HOME="/home"\n') + file(own, text)
        );
      })
      .join('');

  const digestOf = async (text: string) => {
    const analysis = await analyse({ uri: 'file:///a.txt', text });
    assert.ok(analysis.kind === 'flink-log');
    const index = new LineIndex(text);
    const lineOf = (where: Parameters<Parameters<typeof digest>[1]['lineOf']>[0]) => index.lineOf('span' in where ? where.span.start : where.start);
    return { analysis, sources: digest(analysis, { name: 'a.txt', bytes: text.length, text, lineOf }).sources };
  };

  for (const [way, file] of Object.entries(YARN)) {
    it(`are each a source of their own: ${way}`, async () => {
      const { analysis, sources } = await digestOf(streamOf(file));
      assert.deepEqual(
        sources.flatMap(({ names }) => names),
        ['1/jobmanager.log', '2/taskmanager.log', '3/taskmanager.log'].map((name) => `a.txt: container_e01_1790000000000_0001_01_00000${name}`),
      );
      const below = texts.map(({ name, text: own }) => `==> ${name} <==\n${own}\n`).join('\n');
      const { analysis: tailed } = await digestOf(below);
      assert.deepEqual(analysis.failures.episodes.map(verdictText), tailed.failures.episodes.map(verdictText));
      assert.equal(analysis.log.recordCount, tailed.log.recordCount);
    });
  }

  it('are that in a stream of any length', async () => {
    const [record] = (texts[1]?.text ?? '').split('\n');
    const long = (name: string, text: string) =>
      (YARN['Hadoop 3'] as (name: string, text: string) => string)(name, name.endsWith('.log') ? `${text}\n${`${record}\n`.repeat(8000)}` : text);
    const stream = streamOf(long);
    assert.ok(stream.length > 2 * 1024 * 1024);
    assert.equal((await digestOf(stream)).sources.length, 3);
  });

  it('are not looked for in a log that tells of one', async () => {
    const text = `${texts[1]?.text}\n2030-01-01 10:00:00,500 INFO  a.b.Host [] - printed\nLogContents:\nLogType:x.log\n`;
    const analysis = await analyse({ uri: 'file:///a.txt', text });
    assert.ok(analysis.kind === 'flink-log');
    assert.equal(analysis.sections, undefined);
  });
});
