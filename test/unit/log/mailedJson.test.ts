import assert from 'node:assert/strict';
import { analyse } from '../../../server/src/core/kinds/index.ts';

const TASK = 'Source: in -> Map (1/2) (8cad0ebcf0f2ea0e4f4ba7c9a5ee9a2b_cbc357ccb763df2852fee8c4fc7d55f2_0_0)';
const LOGGER = 'org.apache.flink.runtime.executiongraph.ExecutionGraph';
const THREAD = 'flink-pekko.actor.default-dispatcher-15';
const CLASS = 'java.lang.IllegalArgumentException';
const REASON = 'negative amount in order 4711';
const STACK = `${CLASS}: ${REASON}\n\tat com.acme.orders.Validate.map(Validate.java:31)\n\tat org.apache.flink.streaming.api.operators.StreamMap.processElement(StreamMap.java:38)\n`;

interface Said {
  second: number;
  level: string;
  message: string;
  failed: boolean;
}

const SAID: Said[] = [
  { second: 0, level: 'INFO', message: `${TASK} switched from INITIALIZING to RUNNING.`, failed: false },
  { second: 1, level: 'WARN', message: `${TASK} switched from RUNNING to FAILED on 10.0.0.7:6122-5d8a21 @ 10.0.0.7 (dataPort=41234).`, failed: true },
  { second: 2, level: 'INFO', message: 'Job orders (a1b2c3d4e5f60718293a4b5c6d7e8f90) switched from state RUNNING to RESTARTING.', failed: false },
];

/** Layouts of the loggers and of what collects logs. */
const LAYOUTS: Record<string, (said: Said) => unknown> = {
  ecs: ({ second, level, message, failed }) => ({
    '@timestamp': `2024-05-01T10:00:0${second}.123Z`,
    'log.level': level,
    message,
    'ecs.version': '1.2.0',
    'process.thread.name': THREAD,
    'log.logger': LOGGER,
    ...(failed ? { 'error.type': CLASS, 'error.message': REASON, 'error.stack_trace': STACK } : {}),
  }),
  logstash: ({ second, level, message, failed }) => ({
    '@version': 1,
    timestamp: `2024-05-01T10:00:0${second}.123+0000`,
    level,
    logger_name: LOGGER,
    thread_name: THREAD,
    message,
    ...(failed ? { exception: { exception_class: CLASS, exception_message: REASON, stacktrace: STACK } } : {}),
  }),
  cloud: ({ second, level, message, failed }) => ({
    insertId: `ab${second}`,
    jsonPayload: { message: failed ? `${message}\n${STACK}` : message, logger: LOGGER, thread: THREAD },
    timestamp: `2024-05-01T10:00:0${second}.123Z`,
    severity: level,
  }),
};

/** As paragraphs are filled: words are kept, and each line begins as far in as `indent` says. */
function filled(line: string, width: number, indent: string): string[] {
  const lead = /^ */.exec(line)?.[0] ?? '';
  const parts: string[] = [];
  let part = lead;
  for (const word of line.trim().split(' ')) {
    if (part.trim() !== '' && part.length + 1 + word.length > width) {
      parts.push(part);
      part = indent;
    }
    part += part.trim() === '' ? word : ` ${word}`;
  }
  return [...parts, part];
}

const WAYS: Record<string, (line: string, width: number) => string[]> = {
  'between words': (line, width) => filled(line, width, ''),
  'set in': (line, width) => filled(line, width, /^ */.exec(line)?.[0] ?? ''),
  anywhere: (line, width) => line.match(new RegExp(`.{1,${width}}`, 'g')) ?? [],
};

describe('records in JSON that were printed over several lines, broken by a mail program and quoted', () => {
  for (const [layout, record] of Object.entries(LAYOUTS)) {
    for (const way of Object.keys(WAYS)) {
      it(`${layout}, broken ${way}`, async () => {
        for (const indent of [2, 4]) {
          for (const printed of [
            SAID.map((said) => JSON.stringify(record(said), null, indent)).join('\n'),
            JSON.stringify(SAID.map(record), null, indent),
          ]) {
            for (const width of [64, 78]) {
              for (const quote of ['', '> ']) {
                const lines = printed.split('\n').flatMap((line) => WAYS[way]?.(line, width) ?? []);
                const text = lines.map((line) => `${quote}${line}\n`).join('');
                const [first] = (await analyse({ uri: 'file:///mail', text })).findings;
                assert.equal(first?.message, `First failure: IllegalArgumentException: ${REASON}`, text);
              }
            }
          }
        }
      });
    }
  }
});
