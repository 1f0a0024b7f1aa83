import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { at } from '../../../scripts/lib/paths.mjs';
import type { LogAnalysis } from '../../../server/src/core/analysis/log/model.ts';
import { detect } from '../../../server/src/core/detect.ts';
import { logReading } from '../../../server/src/core/log/readable.ts';
import { verdictText } from '../../../server/src/core/rules/log/words.ts';
import { unwrap } from '../../../server/src/core/unwrap/index.ts';
import { atOnce } from '../../../server/src/core/unwrap/steps.ts';
import { fixture, read } from './helpers.ts';
import { MAILS, mailed, QUOTES, WAYS, WIDTHS } from './mail.ts';

const FIXTURES = at('test/fixtures');
const named = (folder: string, pattern: RegExp) =>
  readdirSync(path.join(FIXTURES, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name))
    .sort()
    .map((name) => path.join(folder, name));
const load = (name: string) => readFileSync(path.join(FIXTURES, name), 'utf8');
const isLog = (text: string) => detect(text).kind === 'flink-log';

const close = (text: string | null) => (text ?? '').replaceAll(/\s+/g, '');

/** What a mail must not change; blanks within messages aside. */
const told = ({ log, failures }: LogAnalysis) => ({
  verdicts: failures.episodes.map((one) => [close(verdictText(one)), one.outcome]),
  thrown: log.exceptions.map((one) => one.chain.map(({ className, message, frames }) => [className, close(message), frames.length])),
  states: log.executions.map((one) => [one.id, one.states.map(({ to }) => to)]),
});

/** Logs that are long enough to show how they were broken. */
const LONG = [
  ...named('logs', /^tm-.*\.log$/),
  ...named('flink', /(?:failing-sink|checkpoint-timeout|cancel-does-not-react|managed-memory|metaspace-out-of-memory|slots-missing)\/\w+\.log$/),
].filter((name) => load(name).length < 120_000);
/** Tables, JSON in a few lines, words of scripts and heads that nobody knows: nothing in them shows where a line was broken. */
const SILENT =
  /(?:parts-in-columns\.csv|operator-deployment-fails\.log|operator-job-failed\.log|start-script-exception\.txt|head-unreadable\.log|json-without-time\.ndjson)$/;
const CASES = named('logs/cases', /./).filter((name) => !SILENT.test(name));

const EVERY = [
  ...WIDTHS.flatMap((width) => Object.keys(WAYS).flatMap((way) => QUOTES.map((quote) => ({ way, width, quote })))).map(({ way, width, quote }) => ({
    name: `${way}, ${width} wide, "${quote}"`,
    mail: (text: string) => mailed(text, way, width, quote),
  })),
  ...Object.entries(MAILS).map(([name, mail]) => ({ name, mail })),
];

describe('a log that a mail program has broken and quoted', () => {
  for (const [index, name] of LONG.entries()) {
    it(`${name} says the same`, async () => {
      const text = load(name);
      const plain = told(await read(text));
      // Each log is sent in some of the ways, each way carries some of the logs.
      for (const { name: way, mail } of EVERY.filter((_, at) => at % 23 === index % 23)) {
        const sent = mail(text);
        assert.ok(isLog(sent), way);
        assert.deepEqual(told(await read(sent)), plain, way);
      }
    });
  }

  it('says the same in every way', async () => {
    const text = fixture('tm-managed-memory-1.12.2.log');
    const plain = told(await read(text));
    for (const { name, mail } of EVERY) assert.deepEqual(told(await read(mail(text))), plain, name);
  });

  it('cases of a few lines say the same, but where hardly anything shows how they were broken', async () => {
    let same = 0;
    let all = 0;
    for (const [index, name] of CASES.entries()) {
      const text = load(name);
      if (!isLog(text)) continue;
      const plain = JSON.stringify(told(await read(text)));
      for (const { mail } of EVERY.filter((_, at) => at % 11 === index % 11)) {
        const sent = mail(text);
        all++;
        if (isLog(sent) && JSON.stringify(told(await read(sent))) === plain) same++;
      }
    }
    assert.ok(same >= all * 0.95, `${same} of ${all}`);
  });

  it('places lead to the lines that the person has', async () => {
    const text = MAILS['an answer with a signature']?.(fixture('tm-managed-memory-1.12.2.log')) ?? '';
    const { log } = await read(text);
    assert.ok(log.exceptions.length > 0);
    const lines = text.split('\n');
    for (const { top, line } of log.exceptions) {
      const place = text.slice(top.headSpan.start, top.headSpan.end).replaceAll(/\n> /g, '');
      assert.ok(top.className !== null && place.startsWith(top.className), place);
      assert.ok(lines[line]?.includes(top.className.slice(0, 20)), lines[line]);
      for (const frame of top.frames) assert.match(text.slice(frame.span.start, frame.span.end), /^at[ \n]/);
    }
    for (const record of log.records) assert.match(lines[record.line] ?? '', /^> \d{4}-\d\d-\d\d /);
  });
});

describe('a log that nobody has broken', () => {
  for (const name of [...CASES, ...named('logs', /^tm-.*\.log$/), ...named('flink', /\.(?:log|out)$/)]) {
    it(`${name} stays as it is`, () => {
      const { packings } = atOnce(unwrap(load(name), logReading));
      assert.ok(!packings.includes('wrapped-lines'), packings.join());
    });
  }

  const STAYS: [name: string, text: string][] = [
    [
      'a message of lines that are alike',
      lines(12, (at) => `2030-01-01 10:00:0${at % 10},000 INFO  a.b.C [] - part ${at}\n  of a message that goes on\n  and on`),
    ],
    [
      'lines of one length',
      lines(20, (at) => `0x${String(at).padStart(12, '0')} JavaThread "worker-${String(at).padStart(3, '0')}" daemon [_thread_blocked]`),
    ],
    [
      'a longest line before a line without a head',
      '2030-01-01 10:00:00,000 ERROR a.b.C [] - Something failed, see below for what it was\nDetailed message: the disk\n',
    ],
    [
      'an exception below the longest line',
      '2030-01-01 10:00:00,000 ERROR a.b.C [] - Something failed with failure cause:\njava.io.IOException: the disk\n\tat a.B.c(B.java:1)\n',
    ],
    [
      'a cause whose message begins with a line end',
      'java.io.IOException: x\n\tat a.B.c(B.java:1)\nCaused by: org.codehaus.commons.compiler.CompileException:\nLine 1, Column 2: no type\n\tat a.B.d(B.java:2)\n',
    ],
  ];
  for (const [name, text] of STAYS) {
    it(`${name} stays as it is`, () => {
      assert.deepEqual(atOnce(unwrap(text, logReading)).packings, []);
    });
  }
});

function lines(count: number, line: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => `${line(at)}\n`).join('');
}
