import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { at } from '../../../scripts/lib/paths.mjs';
import type { LogAnalysis } from '../../../server/src/core/analysis/log/model.ts';
import type { Throwable } from '../../../server/src/core/log/model.ts';
import { verdictText } from '../../../server/src/core/rules/log/words.ts';
import { fixture, read } from './helpers.ts';

const recorded = (name: string) => readFileSync(at('test/fixtures/flink', name), 'utf8');

/** What people paste: no record, only what was thrown. */
const BARE = [
  'org.apache.flink.client.program.ProgramInvocationException: The main method caused an error: x',
  '\tat org.apache.flink.client.program.PackagedProgram.callMainMethod(PackagedProgram.java:372)',
  '\tat org.apache.flink.client.cli.CliFrontend.run(CliFrontend.java:246)',
  '\tat java.base/java.lang.Thread.run(Thread.java:829)',
  'Caused by: java.io.IOException: disk full',
  '\tat org.example.Disk.write(Disk.java:3)',
  '\t... 3 more',
].join('\n');

/** Logs that hold traces, causes, stuck tasks and restarts. */
const LOGS: [name: string, text: string][] = [
  ['restart', fixture('tm-restart-1.17.2.log')],
  ['managed memory', fixture('tm-managed-memory-1.12.2.log')],
  ['1.13.1 failing sink', recorded('1.13.1/failing-sink/jobmanager.log')],
  ['1.20.3 stuck cancellation', recorded('1.20.3/cancel-does-not-react/taskmanager.log')],
  ['2.3.0 managed memory', recorded('2.3.0/managed-memory/taskmanager.log')],
  ['a bare trace', BARE],
];

const UTC = '2024-01-01T00:00:00.123456789Z';
const csv = (text: string) => `"${text.replaceAll('"', '""')}"`;
const each = (wrap: (line: string, number: number) => string) => (lines: string[]) => lines.map(wrap).join('\n');
const escapeHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What a line is still on in the file, and what is packed as a whole. */
const WRAPS: [name: string, wrap: (lines: string[]) => string][] = [
  ['CRLF', (lines) => lines.join('\r\n')],
  ['CR', (lines) => lines.join('\r')],
  ['CRCRLF', (lines) => lines.join('\r\r\n')],
  ['colours', each((line) => line.replace(/^(\S+ \S+) (\w+)/, '\u001b[33m$1\u001b[m \u001b[1;32m$2\u001b[0m'))],
  ['colours, escape character shown', each((line) => line.replace(/^(\S+ \S+) (\w+)/, '^[[33m$1^[[m ^[[1;32m$2^[[0m'))],
  ['docker compose', each((line) => `taskmanager-1  | ${line}`)],
  ['docker compose with times', each((line) => `taskmanager-1  | ${UTC} ${line}`)],
  ['docker compose in colour', each((line) => `\u001b[36mtaskmanager_1     |\u001b[0m ${line}`)],
  ['docker service', each((line) => `flink_taskmanager.1.abc0defg12@node-1    | ${line}`)],
  ['Docker json-file', each((line) => JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: UTC }))],
  ['CRI', each((line) => `${UTC} stdout F ${line}`)],
  [
    'CRI with cut lines',
    each((line) => (line.length > 100 ? `${UTC} stdout P ${line.slice(0, 70)}\n${UTC} stdout F ${line.slice(70)}` : `${UTC} stdout F ${line}`)),
  ],
  ['kubectl --timestamps', each((line) => `${UTC} ${line}`)],
  ['kubectl --prefix', each((line) => `[pod/tm-0/main] ${line}`)],
  ['kubectl --prefix --timestamps', each((line) => `[pod/tm-0/main] ${UTC} ${line}`)],
  ['stern', each((line) => `flink-tm-0 taskmanager ${line}`)],
  ['stern with namespace and times', each((line) => `prod flink-tm-0 taskmanager ${UTC} ${line}`)],
  ['kubetail', each((line) => `[flink-tm-0 taskmanager] ${line}`)],
  ['syslog', each((line) => `Jan  1 00:00:00 host flink[4711]: ${line}`)],
  ['journald', each((line) => `2024-01-01T00:00:00+0200 host flink[4711]: ${line}`)],
  ['a platform', each((line) => `2024-01-01T00:00:00.123456+00:00 app[worker.1]: ${line}`)],
  ['aws logs tail', each((line) => `2024-01-01T00:00:00.123000+00:00 log-stream ${line}`)],
  ['grep -n', each((line, number) => `${number + 1}:${line}`)],
  ['grep -H', each((line) => `log/taskmanager.log:${line}`)],
  ['grep -A', each((line, number) => (/^\d{4}-/.test(line) ? `tm.log:${number + 1}:${line}` : `tm.log-${number + 1}-${line}`))],
  ['line numbers', each((line, number) => `${String(number + 1).padStart(6)}  ${line}`)],
  ['a build', each((line) => `[INFO] ${line}`)],
  ['Testcontainers', each((line) => `00:00:00.123 [docker-java-stream-1] INFO  o.t.containers.output.Slf4jLogConsumer - STDOUT: ${line}`)],
  ['quoted mail', each((line) => `> ${line}`)],
  ['indented', each((line) => `    ${line}`)],
  ['indented by a tab', each((line) => `\t${line}`)],
  ['JSON of a shipper', each((line) => JSON.stringify({ '@timestamp': UTC, message: line, agent: { type: 'filebeat' } }))],
  ['JSON document of a log store', (lines) => JSON.stringify({ events: lines.map((message) => ({ timestamp: 1, message })), token: 'f' }, null, 2)],
  ['CSV', (lines) => `timestamp,message\n${lines.map((line, number) => `${number},${csv(line)}`).join('\n')}`],
  ['JSON string', (lines) => JSON.stringify(lines.join('\n'))],
  ['web page', (lines) => `<pre>${escapeHtml(lines.join('\n'))}</pre>`],
  ['web page with line breaks', (lines) => escapeHtml(lines.join('\n')).replaceAll('\n', '<br/>\n')],
  ['blanks that do not break', (lines) => lines.join('\n').replaceAll('\t', '\u00a0\u00a0\u00a0\u00a0')],
];

/** What must not change. */
function essence({ log, failures, memory }: LogAnalysis) {
  const throwable = (one: Throwable): unknown => [
    one.className,
    one.message?.replaceAll(/\s+/g, ' ') ?? null,
    one.frames.length,
    one.elided,
    one.suppressed.map(throwable),
    one.cause === null ? null : throwable(one.cause),
  ];
  return {
    records: log.recordCount,
    levels: log.levels,
    exceptions: log.exceptions.map((one) => [one.kind, one.record, throwable(one.top)]),
    executions: log.executions.map((one) => [
      one.id,
      one.task,
      one.subtask,
      one.attempt,
      one.end,
      one.states.map((state) => `${state.from} ${state.to}`),
    ]),
    jobs: log.jobs.map((one) => [one.id, one.states.length]),
    verdicts: failures.episodes.map((one) => [verdictText(one), one.outcome]),
    memory: memory.map((one) => [one.pool, one.sum]),
  };
}

describe('a log says the same in every wrapper', () => {
  for (const [log, original] of LOGS) {
    const lines = original.trimEnd().split('\n');
    for (const [name, wrap] of WRAPS) {
      it(`${log}: ${name}`, async () => {
        const plain = await read(lines.join('\n'));
        const text = wrap(lines);
        const wrapped = await read(text);
        assert.deepEqual(essence(wrapped), essence(plain));
        // Places lead to the original text.
        for (const [index, exception] of wrapped.log.exceptions.entries()) {
          const name = exception.top.className?.split('.').pop();
          const place = text.slice(exception.top.headSpan.start, exception.top.headSpan.end).replaceAll(`\n${UTC} stdout F `, '');
          if (name !== undefined) assert.ok(place.includes(name), `place of exception ${index}`);
        }
      });
    }
  }

  it('lines of several containers, mixed: each trace stays whole', async () => {
    const [one, other] = [LOGS[0], LOGS[2]].map((log) => (log?.[1] ?? '').trimEnd().split('\n')) as [string[], string[]];
    const mixed: string[] = [];
    for (let at = 0; at < Math.max(one.length, other.length); at++) {
      if (one[at] !== undefined) mixed.push(`taskmanager-1  | ${one[at]}`);
      if (other[at] !== undefined) mixed.push(`jobmanager-1   | ${other[at]}`);
    }
    const [a, b, both] = [await read(one.join('\n')), await read(other.join('\n')), await read(mixed.join('\n'))];
    assert.equal(both.log.recordCount, a.log.recordCount + b.log.recordCount);
    const traces = (analysis: LogAnalysis) => essence(analysis).exceptions.map(([kind, , top]) => JSON.stringify([kind, top]));
    assert.deepEqual(traces(both).sort(), [...traces(a), ...traces(b)].sort());
  });

  it('lines that an issue tracker has joined', async () => {
    const lines = (LOGS[1]?.[1] ?? '').split('\n').slice(0, 28);
    const plain = await read(lines.join('\n'));
    const joined = await read(lines.map((line) => line.trim()).join(' '));
    assert.equal(joined.log.recordCount, plain.log.recordCount);
    assert.deepEqual(
      joined.log.exceptions[0]?.chain.map((one) => [one.className, one.frames.length]),
      plain.log.exceptions[0]?.chain.map((one) => [one.className, one.frames.length]),
    );
  });

  it('messages that a terminal has broken at its width', async () => {
    const lines = (LOGS[0]?.[1] ?? '').split('\n').slice(0, 18);
    const broken = lines.flatMap((line) => line.match(/.{1,100}/g) ?? ['']);
    const states = async (text: string) => (await read(text)).log.executions.map((one) => [one.id, one.states.map((state) => state.to)]);
    assert.deepEqual(await states(broken.join('\n')), await states(lines.join('\n')));
  });
});

describe('damaged logs', () => {
  it('cut anywhere, glued together, with lines lost: read without an error, places within the text', async () => {
    for (const [, original] of LOGS.slice(0, 3)) {
      for (let step = 1; step < 12; step++) {
        const cut = original.slice(Math.floor((original.length * step) / 23), Math.floor((original.length * (12 + step)) / 24));
        const lost = original
          .split('\n')
          .filter((_, index) => index % (step + 1) !== 0)
          .join('\n');
        for (const text of [cut, lost, cut + lost]) {
          const { log, findings } = await read(text);
          for (const { span } of [...log.records, ...log.exceptions, ...findings.map((one) => one.at)])
            assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length);
        }
      }
    }
  });
});
