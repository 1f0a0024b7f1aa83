import { readJsonLine } from '../json/line.ts';
import { cutPieces, type Piece } from './pieces.ts';

/** What stands around a line when a container runtime, an aggregator or a person has passed it on. */
export interface Wrapper {
  id: string;
  title: string;
  /** What to cut from the line's start; absent for wrappers that are read as JSON. Group `source`: who has written the line. */
  prefix?: RegExp;
  /** Path of the text in lines that are JSON. */
  field?: string;
  /** Every text ends with a line feed, so that one that does not goes on in the next line. */
  ended?: boolean;
  samples: readonly string[];
  nearMisses: readonly string[];
}

const RFC3339 = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?(?:Z|[+-]\\d\\d:\\d\\d)';

export const LINE_PREFIXES: readonly Wrapper[] = [
  {
    id: 'cri',
    title: 'Kubernetes CRI file',
    prefix: new RegExp(`^${RFC3339} std(?:out|err) (?<part>[FP])(?: |$)`),
    samples: ['2024-01-01T00:00:00.123456789Z stdout F 2024-01-01 00:00:00,123 INFO  a.B [] - text'],
    nearMisses: ['2024-01-01T00:00:00.123456789Z stdout text'],
  },
  {
    id: 'kubectl-prefix-timestamps',
    title: 'kubectl logs --prefix --timestamps',
    prefix: new RegExp(`^\\[(?<source>pod/[^\\]]+)\\] ${RFC3339} `),
    samples: ['[pod/flink-tm-1/flink-main-container] 2024-01-01T00:00:00.123456789Z 2024-01-01 00:00:00,123 INFO  a.B [] - text'],
    nearMisses: ['[pod/flink-tm-1/flink-main-container] text'],
  },
  {
    id: 'kubectl-prefix',
    title: 'kubectl logs --prefix',
    prefix: /^\[(?<source>pod\/[^\]]+)\] /,
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
    id: 'github-run',
    title: 'gh run view --log: job, step and time',
    prefix: new RegExp(`^(?<source>[^\\t\\n]{1,200})\\t[^\\t\\n]{1,200}\\t\\uFEFF?${RFC3339} `),
    samples: ['build (17)\tRun mvn verify\t2024-01-01T00:00:00.1234567Z 2024-01-01 00:00:00,123 INFO  a.B [] - text'],
    nearMisses: ['build\tRun mvn verify\ttext'],
  },
  {
    id: 'gitlab',
    title: 'GitLab CI with timestamps',
    prefix: new RegExp(`^${RFC3339} \\d\\d[OE][ +]`),
    samples: ['2024-01-01T00:00:00.123456Z 01O 2024-01-01 00:00:00,123 INFO  a.B [] - text'],
    nearMisses: ['2024-01-01T00:00:00.123456Z 01 text'],
  },
  {
    id: 'jenkins',
    title: 'Jenkins with timestamps',
    prefix: new RegExp(`^\\[(?:${RFC3339}|\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,3})?)\\](?: \\[[^\\]\\n]{1,80}\\])? `),
    samples: ['[2024-01-01T00:00:00.123Z] 2024-01-01 00:00:00,123 INFO  a.B [] - text', '[10:00:00] [tests] \tat a.B.c(B.java:1)'],
    nearMisses: ['[2024-01-01 00:00:00] text', '[tests] text'],
  },
  {
    id: 'compose',
    title: 'docker compose logs',
    prefix: /^(?<source>[\w.-]+)\s*\| ?/,
    samples: ['taskmanager_1  | 2024-01-01 00:00:00,123 INFO  a.B [] - text', 'flink-taskmanager-1    |        at a.B.c(B.java:1)'],
    nearMisses: ['| a | b |', 'two words | text'],
  },
  {
    id: 'testcontainers',
    title: 'Testcontainers',
    prefix: /^.{0,60}?\[(?<source>[^\]]+)\] - STD(?:OUT|ERR): /,
    samples: ['🐳 [flink:1.20.1:taskmanager] - STDOUT: 2024-01-01 00:00:00,123 INFO  a.B [] - text'],
    nearMisses: ['[flink:1.20.1:taskmanager] text'],
  },
  {
    id: 'syslog',
    title: 'syslog and journald',
    prefix: /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d (?<source>\S+ [\w./-]+(?:\[\d+\])?): /,
    samples: ['Jan  5 10:00:00 host flink[4711]: 2024-01-01 00:00:00,123 INFO  a.B [] - text'],
    nearMisses: ['Jan 5 the job failed'],
  },
  {
    id: 'stern',
    title: 'stern',
    prefix: /^(?<source>[a-z0-9](?:[a-z0-9-]*[a-z0-9])?) [a-z0-9](?:[a-z0-9-]*[a-z0-9])? (?=\d{4}-\d\d-\d\d|\s+at |Caused by: )/,
    samples: ['flink-taskmanager-1-1 flink-main-container 2024-01-01 00:00:00,123 INFO  a.B [] - text'],
    nearMisses: ['the job failed'],
  },
  {
    id: 'numbered',
    title: 'cat -n, nl, less -N',
    prefix: /^ {0,6}\d{1,7}\t/,
    samples: ['     1\t2024-01-01 00:00:00,123 INFO  a.B [] - text', '    17\t\tat a.B.c(B.java:1)'],
    nearMisses: ['     1 text', 'tm-1\ttext'],
  },
  {
    id: 'quote',
    title: 'quoted mail or issue text',
    prefix: /^(?:[>|] ?)+/,
    samples: ['> 2024-01-01 00:00:00,123 INFO  a.B [] - text', '| 2024-01-01 00:00:00,123 INFO  a.B [] - text'],
    nearMisses: ['a > b'],
  },
  {
    id: 'docker-json',
    title: 'Docker json-file',
    field: 'log',
    ended: true,
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
  /** What was cut from the line's start. */
  prefix: string;
}

/** Text of a line inside its wrapper; null when the line is not wrapped that way. */
export function peel(wrapper: Wrapper, line: string): Peeled | null {
  if (wrapper.prefix !== undefined) {
    const match = wrapper.prefix.exec(line);
    if (match === null) return null;
    const cut = match[0].length;
    return { text: line.slice(cut), pieces: null, cut, partial: match.groups?.part === 'P', prefix: match[0] };
  }
  if (line.charCodeAt(0) !== 123 || wrapper.field === undefined) return null;
  const value = readJsonLine(line)?.get(wrapper.field);
  if (value === undefined) return null;
  const whole = !wrapper.ended || value.text.endsWith('\n');
  const text = value.text.endsWith('\n') ? value.text.slice(0, -1) : value.text;
  return { text, pieces: cutPieces(value.pieces, 0, text.length), cut: 0, partial: !whole, prefix: '' };
}
