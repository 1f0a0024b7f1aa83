import { readJsonLine } from './json.ts';
import { LayoutMatcher } from './layouts.ts';
import type { Piece } from './mapped.ts';

/** What stands around a line when a container runtime, an aggregator or a person has passed it on. */
export interface Wrapper {
  id: string;
  title: string;
  /** What to cut from the line's start; absent for wrappers that are read as JSON. */
  prefix?: RegExp;
  samples: readonly string[];
  nearMisses: readonly string[];
}

const RFC3339 = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?(?:Z|[+-]\\d\\d:\\d\\d)';

export const WRAPPERS: readonly Wrapper[] = [
  {
    id: 'cri',
    title: 'Kubernetes CRI file',
    prefix: new RegExp(`^${RFC3339} std(?:out|err) [FP] `),
    samples: ['2024-01-01T00:00:00.123456789Z stdout F 2024-01-01 00:00:00,123 INFO  a.B [] - text'],
    nearMisses: ['2024-01-01T00:00:00.123456789Z stdout text'],
  },
  {
    id: 'kubectl-prefix-timestamps',
    title: 'kubectl logs --prefix --timestamps',
    prefix: new RegExp(`^\\[pod/[^\\]]+\\] ${RFC3339} `),
    samples: ['[pod/flink-tm-1/flink-main-container] 2024-01-01T00:00:00.123456789Z 2024-01-01 00:00:00,123 INFO  a.B [] - text'],
    nearMisses: ['[pod/flink-tm-1/flink-main-container] text'],
  },
  {
    id: 'kubectl-prefix',
    title: 'kubectl logs --prefix',
    prefix: /^\[pod\/[^\]]+\] /,
    samples: ['[pod/flink-tm-1/flink-main-container] 2024-01-01 00:00:00,123 INFO  a.B [] - text'],
    nearMisses: ['[podium] text'],
  },
  {
    id: 'kubectl-timestamps',
    title: 'kubectl logs --timestamps, GitHub Actions',
    prefix: new RegExp(`^${RFC3339} `),
    samples: ['2024-01-01T00:00:00.123456789Z 2024-01-01 00:00:00,123 INFO  a.B [] - text'],
    nearMisses: ['2024-01-01 00:00:00,123 INFO  a.B [] - text'],
  },
  {
    id: 'compose',
    title: 'docker compose logs',
    prefix: /^[\w.-]+[_-]?\d*\s*\| ?/,
    samples: ['taskmanager_1  | 2024-01-01 00:00:00,123 INFO  a.B [] - text', 'flink-taskmanager-1    |        at a.B.c(B.java:1)'],
    nearMisses: ['| a | b |', 'two words | text'],
  },
  {
    id: 'testcontainers',
    title: 'Testcontainers',
    prefix: /^.{0,60}?\[[^\]]+\] - STD(?:OUT|ERR): /,
    samples: ['🐳 [flink:1.20.1:taskmanager] - STDOUT: 2024-01-01 00:00:00,123 INFO  a.B [] - text'],
    nearMisses: ['[flink:1.20.1:taskmanager] text'],
  },
  {
    id: 'syslog',
    title: 'syslog and journald',
    prefix: /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ [\w./-]+(?:\[\d+\])?: /,
    samples: ['Jan  5 10:00:00 host flink[4711]: 2024-01-01 00:00:00,123 INFO  a.B [] - text'],
    nearMisses: ['Jan 5 the job failed'],
  },
  {
    id: 'stern',
    title: 'stern',
    prefix: /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])? [a-z0-9](?:[a-z0-9-]*[a-z0-9])? (?=\d{4}-\d\d-\d\d|\s+at |Caused by: )/,
    samples: ['flink-taskmanager-1-1 flink-main-container 2024-01-01 00:00:00,123 INFO  a.B [] - text'],
    nearMisses: ['the job failed'],
  },
  {
    id: 'quote',
    title: 'quoted mail or issue text',
    prefix: /^(?:> ?)+/,
    samples: ['> 2024-01-01 00:00:00,123 INFO  a.B [] - text'],
    nearMisses: ['a > b'],
  },
  {
    id: 'docker-json',
    title: 'Docker json-file',
    samples: ['{"log":"2024-01-01 00:00:00,123 INFO  a.B [] - text\\n","stream":"stdout","time":"2024-01-01T00:00:00.123456789Z"}'],
    nearMisses: ['{"level":"INFO","message":"text"}'],
  },
];

export interface Peeled {
  text: string;
  /** Null: the text is the line from `cut` on, unchanged. */
  pieces: Piece[] | null;
  cut: number;
  /** The line goes on in the next one. */
  partial: boolean;
}

/** Text of a line inside its wrapper; null when the line is not wrapped that way. */
export function peel(wrapper: Wrapper, line: string): Peeled | null {
  if (wrapper.prefix !== undefined) {
    const match = wrapper.prefix.exec(line);
    if (match === null) return null;
    const cut = match[0].length;
    return { text: line.slice(cut), pieces: null, cut, partial: wrapper.id === 'cri' && line[cut - 2] === 'P' };
  }
  if (line.charCodeAt(0) !== 123) return null;
  const log = readJsonLine(line)?.get('log');
  if (log === undefined) return null;
  const partial = !log.text.endsWith('\n');
  return { text: partial ? log.text : log.text.slice(0, -1), pieces: log.pieces, cut: 0, partial };
}

/** Finds the wrapper that makes more lines of a sample begin a record than the bare text does. */
export function findWrapper(lines: readonly string[]): Wrapper | null {
  const heads = (texts: readonly string[]) => {
    const matcher = new LayoutMatcher();
    let count = 0;
    for (const text of texts) if (matcher.match(text) !== null) count++;
    return count;
  };
  const bare = heads(lines);
  let best: Wrapper | null = null;
  let bestHeads = bare;
  for (const wrapper of WRAPPERS) {
    const peeled = lines.flatMap((line) => peel(wrapper, line)?.text ?? []);
    if (peeled.length === 0) continue;
    const count = heads(peeled);
    // Excerpts may hold frames only: then the prefix must be on nearly every line and leave something like a frame.
    const framesOnly =
      bare === 0 &&
      count === 0 &&
      peeled.length >= lines.filter((line) => line.trim() !== '').length * 0.8 &&
      peeled.some((text) => /^\s*at [\w$.]+\(/.test(text));
    if (count > bestHeads || (framesOnly && best === null)) {
      best = wrapper;
      bestHeads = count;
    }
  }
  return best;
}
