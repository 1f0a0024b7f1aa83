// The logs of two processes in one export of where logs are kept: read as the two files are.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { at } from '../../../scripts/lib/paths.mjs';
import type { LogAnalysis } from '../../../server/src/core/analysis/log/model.ts';
import { analyse, DEFAULT_OPTIONS } from '../../../server/src/core/kinds/index.ts';
import { analyseLogSet } from '../../../server/src/core/kinds/logSet.ts';
import { verdictText } from '../../../server/src/core/rules/log/words.ts';

interface Line {
  pod: string;
  /** In ms since 1970, and its place among the lines of its pod in that ms: stores have a finer time. */
  ms: number;
  place: number;
  text: string;
}

const stampOf = ({ ms, place }: Line): string => new Date(ms).toISOString().replace('Z', `${String(place).padStart(6, '0')}Z`);
const newestFirst = (lines: readonly Line[]): Line[] => [...lines].reverse();

/** As the command line of each store writes it. */
const STORES: Record<string, (lines: readonly Line[]) => string> = {
  'logcli --output=jsonl, newest first': (lines) =>
    newestFirst(lines)
      .map((line) => JSON.stringify({ labels: { app: 'flink', pod: line.pod }, line: line.text, timestamp: stampOf(line) }))
      .join('\n'),
  'logcli, newest first': (lines) =>
    newestFirst(lines)
      .map((line) => `${stampOf(line)} {app="flink", pod="${line.pod}"} ${line.text}`)
      .join('\n'),
  'aws logs filter-log-events': (lines) =>
    JSON.stringify(
      {
        events: lines.map(({ pod, ms, text }, id) => ({
          logStreamName: pod,
          timestamp: ms,
          message: text,
          ingestionTime: ms + 500,
          eventId: `${id}`,
        })),
      },
      null,
      4,
    ),
  'aws logs tail': (lines) => lines.map((line) => `${stampOf(line).slice(0, -1)}+00:00 ${line.pod} ${line.text}`).join('\n'),
  'documents of Elasticsearch in order': (lines) =>
    lines
      .map(({ pod, ms, text }) =>
        JSON.stringify({ _index: 'logs', _source: { '@timestamp': new Date(ms).toISOString(), message: text, kubernetes: { pod: { name: pod } } } }),
      )
      .join('\n'),
  'documents of Elasticsearch, shard by shard': (lines) =>
    [2, 0, 3, 1]
      .flatMap((shard) => lines.flatMap((line, at) => (at % 4 === shard ? [{ ...line, at }] : [])))
      .map(({ pod, ms, text, at }) =>
        JSON.stringify({
          _source: { '@timestamp': new Date(ms).toISOString(), message: text, log: { offset: at }, kubernetes: { pod: { name: pod } } },
        }),
      )
      .join('\n'),
};

/** No two subtasks fail in the same millisecond, where the line decides and all of an answer may stand on one. */
const ONE_FAILS_FIRST = '2.3.0/failing-sink';

const TIME = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d),(\d{3})/;

function linesOf(pod: string, text: string): Line[] {
  let last = { ms: 0, place: 0 };
  return text.split('\n').map((line) => {
    const time = TIME.exec(line);
    const ms = time === null ? last.ms : Date.parse(`${time[1]}T${time[2]}.${time[3]}Z`);
    last = { ms, place: ms === last.ms ? last.place + 1 : 0 };
    return { pod, ...last, text: line };
  });
}

const told = ({ log, failures }: LogAnalysis) => ({
  verdicts: failures.episodes.map(verdictText),
  records: log.recordCount,
  executions: log.executions.length,
});

/** An answer to a search, whose hits come in any order. */
const answer = (lines: readonly Line[]): string =>
  JSON.stringify({
    took: 5,
    hits: {
      hits: lines
        .map(({ pod, ms, text }, at) => ({
          _id: `${(at * 7919) % 100_003}`,
          _source: { '@timestamp': new Date(ms).toISOString(), message: text, log: { offset: at }, kubernetes: { pod: { name: pod } } },
        }))
        .sort((a, b) => Number(a._id) - Number(b._id)),
    },
  });

describe('the logs of two pods in one export', () => {
  for (const recording of ['1.20.3/failing-sink', '2.3.0/failing-sink']) {
    const files = ['jobmanager', 'taskmanager'].map((name) => ({
      name,
      uri: `file:///${name}.log`,
      text: readFileSync(at(`test/fixtures/flink/${recording}/${name}.log`), 'utf8').trimEnd(),
    }));
    const lines = files.flatMap(({ name, text }) => linesOf(name, text)).sort((a, b) => a.ms - b.ms || a.place - b.place);
    for (const [store, write] of Object.entries({
      ...STORES,
      ...(recording === ONE_FAILS_FIRST && { 'an answer of Elasticsearch in no order': answer }),
    })) {
      it(`${recording}, ${store}`, async () => {
        const analysis = await analyse({ uri: 'file:///export.txt', text: write(lines) });
        assert.ok(analysis.kind === 'flink-log');
        assert.deepEqual(told(analysis), told(await analyseLogSet(files, DEFAULT_OPTIONS)));
      });
    }
  }
});
