import assert from 'node:assert/strict';
import type { Interest } from '../../../../server/src/core/log/streaming/loggerInterest.ts';
import { ONLY_TIME, type ReadMode, Scanner } from '../../../../server/src/core/log/streaming/scanner.ts';

const STAMP = '2024-01-01 00:00:00,000';
const line = (level: string, logger: string, message: string) =>
  `2031-12-24 23:59:59,${String(message.length).padStart(3, '7')} ${level.padEnd(5)} ${logger.padEnd(24)} [] - ${message}`;

function scanner(options: { level?: number; stamp?: string; logger?: boolean } = {}): Scanner {
  const interest = (logger: string): Interest => (logger.startsWith('flink.wanted') ? 'wanted' : logger.startsWith('flink') ? 'plain' : 'foreign');
  const one = new Scanner(interest, (buffer) => new Uint8Array(buffer));
  one.setShape({ stamp: options.stamp ?? STAMP, level: options.level ?? 24 });
  one.set('hasLogger', options.logger ?? true);
  return one;
}

/** Scans a text and gives the texts of what was handed on. */
function scan(
  one: Scanner,
  text: string,
  mode: ReadMode = 'last',
  offset = 0,
): { used: number; items: { text: string; line: number; logger: string | undefined; message: string }[] } {
  const start = one.room + offset;
  for (let at = 0; at < text.length; at++) one.memory[start + at] = text.charCodeAt(at);
  const used = one.scan(start, start + text.length, mode) - start;
  const all = Array.from({ length: one.get('items') }, (_, at) => one.item(at));
  const items = all
    .filter(({ logger }) => logger !== ONLY_TIME)
    .map((item) => ({
      text: text.slice(item.start - start, item.end - start),
      line: item.line,
      logger: one.loggers[item.logger],
      message: item.message === -1 ? '-' : text.slice(item.message - start, item.end - start),
    }));
  return { used, items };
}

const texts = (result: ReturnType<typeof scan>) => result.items.map(({ text }) => text);

describe('the scanner', () => {
  it('hands on what may matter and counts the rest', () => {
    const one = scanner();
    const wanted = line('INFO', 'flink.wanted.Task', 'switched');
    const warning = line('WARN', 'flink.plain.Other', 'careful');
    const trace = `${line('INFO', 'org.library.Pool', 'closed')}\njava.lang.Error: x\n\tat a.B.c(B.java:1)`;
    const text = [
      wanted,
      line('INFO', 'flink.plain.Other', 'nothing'),
      line('DEBUG', 'flink.wanted.Task', 'nothing'),
      warning,
      line('WARN', 'org.library.Pool', 'nothing'),
      trace,
      line('ERROR', 'org.library.Pool', 'nothing'),
    ].join('\n');
    const result = scan(one, text);
    assert.deepEqual(texts(result), [wanted, warning, trace]);
    assert.deepEqual(
      result.items.map((item) => [item.line, item.logger, item.message.split('\n')[0]]),
      [
        [0, 'flink.wanted.Task', 'switched'],
        [3, 'flink.plain.Other', 'careful'],
        [5, 'org.library.Pool', 'closed'],
      ],
    );
    assert.deepEqual(one.levels(), [0, 1, 3, 2, 1, 0]);
    assert.equal(one.get('records'), 7);
  });

  it('recognises a head by every character of its timestamp', () => {
    const head = line('INFO', 'flink.wanted.Task', 'x');
    for (let at = 0; at < STAMP.length; at++) {
      for (const wrong of [':', '/', 'x', '\u00b0', ' ', '\0']) {
        if (head[at] === wrong) continue;
        const one = scanner();
        scan(one, `${head.slice(0, at)}${wrong}${head.slice(at + 1)}`);
        assert.equal(one.get('records'), 0, `${wrong} at ${at}`);
      }
    }
  });

  it('wants a whole word as the level', () => {
    for (const [word, level] of [
      ['TRACE', 0],
      ['DEBUG', 1],
      ['INFO', 2],
      ['WARN', 3],
      ['ERROR', 4],
      ['FATAL', 5],
      ['INFORM', -1],
      ['WARNS', -1],
      ['INFO2', -1],
      ['HELLO', -1],
    ] as const) {
      const one = scanner();
      scan(one, `${STAMP} ${word} flink.wanted.Task - x`);
      assert.equal(one.levels().indexOf(1), level, word);
    }
  });

  it('finds the level behind the name of a thread, whatever brackets that has', () => {
    const one = scanner({ level: -1 });
    const record = `${STAMP} [Source: in[1] (1/2)#0] WARN  flink.plain.Other - x`;
    assert.deepEqual(texts(scan(one, `${record}\n${STAMP} [no level] here\n`)), [`${record}\n${STAMP} [no level] here`]);
  });

  it('looks for phrases in what libraries say above INFO', () => {
    const one = scanner();
    one.setPhrases(['OutOfMemoryError', 'OOMKilled']);
    const wanted = [line('WARN', 'org.library.Pool', `${'x'.repeat(40)} OutOfMemoryError`), line('ERROR', 'org.library.Pool', 'OOMKilled')];
    const text = [
      ...wanted,
      line('WARN', 'org.library.Pool', 'OutOfMemoryErro'),
      line('INFO', 'org.library.Pool', 'OOMKilled'),
      line('WARN', 'org.library.Pool', 'OutOf OOMKille'),
    ];
    assert.deepEqual(texts(scan(one, text.join('\n'))), wanted);
  });

  it('only counts messages of which enough are known', () => {
    const one = scanner();
    const index = one.addKnown('Completed checkpoint ');
    const other = line('INFO', 'flink.wanted.Task', 'Completed check');
    const text = [line('INFO', 'flink.wanted.Task', 'Completed checkpoint 1'), other, line('INFO', 'flink.wanted.Task', 'Completed checkpoint 2')];
    assert.deepEqual(texts(scan(one, text.join('\n'))), [other]);
    assert.equal(one.knownCount(index), 2);
  });

  it('keeps the record at hand until more has come, and counts lines through all chunks', () => {
    const one = scanner();
    const first = line('INFO', 'flink.wanted.Task', 'one');
    const second = `${line('WARN', 'flink.plain.Other', 'two')}\n  more`;
    const start = scan(one, `loose\n${first}\n${second}`, 'more');
    assert.deepEqual(texts(start), ['loose', first]);
    assert.equal(start.used, `loose\n${first}\n`.length);
    const rest = scan(one, `${second} and more\n`, 'last');
    assert.deepEqual(
      rest.items.map(({ text, line }) => [text, line]),
      [[`${second} and more`, 2]],
    );
    assert.equal(one.get('line'), 4);
  });

  it('cuts what is too long and goes on at the next record', () => {
    const one = scanner();
    const long = `${line('WARN', 'flink.plain.Other', 'long')}\n${'x'.repeat(50)}`;
    assert.deepEqual(texts(scan(one, long, 'cut')), [long]);
    assert.equal(one.get('truncated'), 1);
    const next = line('WARN', 'flink.plain.Other', 'next');
    assert.deepEqual(texts(scan(one, `${'x'.repeat(20)}${next}\nstill skipped\n${next}`)), [next]);
    assert.equal(one.get('records'), 2);
    assert.equal(one.get('line'), 3);
  });

  it('asks about lines of other shapes that may begin a record', () => {
    const one = scanner();
    const asked: string[] = [];
    one.otherHead = (start, end) => {
      asked.push(String.fromCharCode(...one.memory.subarray(start, end)));
      return asked.at(-1)?.startsWith('[2024') === true;
    };
    const text = `${line('INFO', 'flink.plain.Other', 'x')}\n\tat a.B.c(B.java:1)\n blank first\n123456789012 no\n[2024-01-01 00:00:00] killed`;
    assert.deepEqual(texts(scan(one, text)).at(-1), '[2024-01-01 00:00:00] killed');
    assert.deepEqual(asked, ['123456789012 no', '[2024-01-01 00:00:00] killed']);
  });

  it('remembers more loggers than it has room for', () => {
    const one = scanner();
    const loggers = Array.from({ length: 2000 }, (_, at) => `flink.${at % 3 === 0 ? 'wanted' : 'plain'}.${'x'.repeat(at % 70)}${at}`);
    const result = scan(one, loggers.map((logger) => line('INFO', logger, 'x')).join('\n'));
    assert.deepEqual(
      result.items.map(({ logger }) => logger),
      loggers.filter((logger) => logger.includes('wanted')),
    );
  });
});
