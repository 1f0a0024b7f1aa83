import { table } from '../../../../common/table.ts';
import { readFreeHead } from './freeHead.ts';
import { type Head, levelOf } from './head.ts';
import { JUL_STAMP } from './jul.ts';
import { readLogfmt } from './logfmt.ts';
import type { Level } from './model.ts';
import { KIBANA_STAMP, readRow } from './tableRow.ts';
import { DATE_TIME, parseStamp, RARE_STAMP, TIME_ONLY } from './time.ts';

export type { Head } from './head.ts';

/** How a line begins a record. Data: a layout is added by adding an entry; its samples are run by the tests. */
export interface Layout {
  id: string;
  title: string;
  /** Groups: ts, level, logger, thread, context, msg. Matches one line from its start. */
  pattern: RegExp;
  samples: readonly string[];
  /** Lines that must not match. */
  nearMisses: readonly string[];
  /** Also matches lines of richer layouts, so those are asked first on every line. */
  generic?: boolean;
  /** Reads the parts where the pattern only says that the line begins a record. */
  read?: (line: string) => Head | null;
  /** Prints no time. */
  timeless?: boolean;
}

const LEVEL = 'TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|SEVERE|CONFIG|FINE|FINER|FINEST|CRITICAL';
/** A logger's name ends where its characters do, but for the separator: a long one is not tried at each of its characters. */
const WHOLE = '(?![\\w.$]|-[\\w.$-])';
/** What patterns put between logger and message in place of a dash: "--", "::", "=>". */
const SEPARATOR = '(?:-{2,3}|[–—|]|[=-]>|>>|::)(?: |$)';
const re = (source: string) =>
  new RegExp(`^${source.replace('TS', `(?<ts>${DATE_TIME})`).replace('TIME', `(?<ts>${TIME_ONLY})`).replace('LEVEL', `(?<level>${LEVEL})`)}`);

/** The layout of lines that YARN's diagnostics are made of. */
export const DIAGNOSTICS = 'yarn-diagnostics';

/** So much of the text before a line of diagnostics tells whether it belongs to a message. */
export const BEFORE_DIAGNOSTICS = 4000;

/** The end of a worker, told with what its container said: the lines of that are no records. `first`: line of the open record. */
export const tellsDiagnostics = (first: string): boolean => /\bis terminated\. Diagnostics: /.test(first);

/** Does a line of diagnostics belong to the message of an exception, which quotes them all? `before`: the text before it. */
export function quotesDiagnostics(before: string): boolean {
  const quoted = before.lastIndexOf('Diagnostics from YARN:');
  return quoted !== -1 && !/(?<![^\n])[ \t]+at /.test(before.slice(quoted));
}

export const LAYOUTS: readonly Layout[] = [
  {
    id: 'flink-log4j',
    title: 'Flink default (log4j)',
    pattern: re(`TS\\s+LEVEL\\s+(?<logger>[A-Za-z_$][\\w.$-]*)${WHOLE}\\s*(?:\\[(?<context>[^\\]]*)\\]\\s*)?(?:[\\w.-]+\\s)?-(?: |$)(?<msg>.*)$`),
    samples: [
      '2021-04-07 19:01:27,427 INFO  org.apache.flink.runtime.taskmanager.Task                    [] - Freeing task resources',
      '2018-07-01 10:00:00,123 INFO  org.apache.flink.runtime.taskmanager.Task                    - Freeing task resources',
      '2024-01-01T00:00:00.123Z WARN org.example.Job - late',
      '2021-04-07 19:01:27 ERROR org.example.Job$Inner [] - -',
      '2021-04-07 19:01:27 427 INFO org.example.Job - text',
    ],
    nearMisses: ['2021-04-07 19:01:27,427 the job failed', 'INFO  org.apache.flink.Task - x', '2021-04-07 INFO a.B - c'],
  },
  {
    id: 'logback',
    title: 'Flink default (logback)',
    pattern: re(
      `TS\\s+\\[(?<thread>.{1,400}?)\\]\\s+LEVEL\\s+(?<logger>[\\w.$\\[\\]/-]+)${WHOLE}\\s*(?:\\[(?<context>[^\\]]*)\\]\\s*)?(?:[\\w.:-]+\\s)?(?:${SEPARATOR}|- ?)(?<msg>.*)$`,
    ),
    samples: [
      '2023-05-01 10:00:00.123 [main] INFO  org.example.Job -- text',
      '2023-05-01 10:00:00.123 [flink-pekko.actor.default-dispatcher-4] INFO  o.a.flink.runtime.dispatcher.StandaloneDispatcher  - Received JobGraph',
      '2023-05-01 10:00:00.123 [Source: in[1] -> Map (1/2)#0] WARN  org.example.Map - odd thread name',
    ],
    nearMisses: ['2023-05-01 10:00:00.123 [main] nothing more', '[main] INFO a.B - c'],
  },
  {
    id: 'level-thread',
    title: 'Level before thread',
    pattern: re(
      `TS\\s+\\[?LEVEL\\s*\\]?\\s+\\[(?<thread>.{1,400}?)\\]\\s+(?:\\(\\w+\\)\\s+)?(?<logger>[\\w.$-]+)${WHOLE}(?:\\s*\\[(?<context>[^\\]]*)\\])?\\s*(?::\\d+\\s*)?(?:${SEPARATOR}|[-:] )(?<msg>.*)$`,
    ),
    samples: [
      '2021-06-01 08:00:00.001 INFO  [main] org.apache.flink.client.cli.CliFrontend => Running',
      '2021-06-01 08:00:00,001 INFO [main] org.apache.flink.client.cli.CliFrontend - Running',
      '2021-06-01 08:00:00,001 [ERROR] [pool-1-thread-2] c.e.Sink: failed',
    ],
    nearMisses: ['2021-06-01 08:00:00,001 INFO [main] no separator here'],
  },
  {
    id: 'spring-boot',
    title: 'Spring Boot',
    pattern: re('TS\\s+LEVEL\\s+\\d+ --- \\[(?<thread>[^\\]]*)\\]\\s+(?<logger>\\S+)\\s+: (?<msg>.*)$'),
    samples: ['2023-01-01 00:00:00.123  INFO 4711 --- [           main] c.e.FlinkApplication                     : Started'],
    nearMisses: ['2023-01-01 00:00:00.123  INFO 4711 Started'],
  },
  {
    id: 'zookeeper',
    title: 'ZooKeeper',
    pattern: re('TS \\[?(?:myid:\\d*\\]?)? ?- LEVEL\\s+\\[(?<thread>.*?)(?<logger>[\\w$]+)@\\d+\\] - (?<msg>.*)$'),
    samples: [
      '2015-07-29 17:41:44,747 - INFO  [QuorumPeer[myid=1]/0:0:0:0:0:0:0:0:2181:FastLeaderElection@774] - Notification time out: 3200',
      '2015-07-29 19:14:02,150 [myid:1] - WARN  [SendWorker:188978561024:QuorumCnxManager$SendWorker@688] - leaving',
    ],
    nearMisses: ['2015-07-29 17:41:44,747 - INFO  no bracket - x'],
  },
  {
    id: 'zookeeper-unlocated',
    title: 'ZooKeeper, without a source line',
    pattern: re('TS \\[?(?:myid:\\d*\\]?)? ?- LEVEL\\s+\\[(?<thread>[^\\]]*)\\] - (?<msg>.*)$'),
    samples: ['2015-07-29 19:37:54,431 - INFO  [main] - Starting quorum peer'],
    nearMisses: ['2015-07-29 19:37:54,431 - INFO  main - Starting'],
  },
  {
    id: 'hadoop',
    title: 'Hadoop, Spark and YARN console',
    pattern: re('TS LEVEL\\s+(?!(?:Source|Sink): )(?<logger>[\\w.$-]+): (?<msg>.*)$'),
    samples: [
      '17/06/09 20:10:40 INFO executor.CoarseGrainedExecutorBackend: Registered signal handlers',
      '2020-02-02 10:00:00,123 WARN util.NativeCodeLoader: Unable to load',
    ],
    nearMisses: [
      '17/06/09 20:10:40 INFO nothing that is a logger',
      '2020-02-02 10:00:00,123 INFO Source: orders (1/2) switched from RUNNING to FAILED.',
    ],
  },
  {
    id: 'bracketed',
    title: 'Every part in brackets',
    pattern: re(
      '\\[TS\\]\\s*\\[LEVEL\\s*\\]\\s*\\[(?<logger>[\\w.$-]+)\\](?:\\s*\\[(?<thread>[^\\]]*)\\])?(?:\\s*\\[(?<context>[^\\]]*)\\])?\\s*(?:- )?(?<msg>.*)$',
    ),
    samples: [
      '[2021-04-07 19:01:27,427] [INFO] [org.apache.flink.runtime.taskmanager.Task] [main] [] - Freeing',
      '[2021-04-07 19:01:27,427][WARN ][a.b.C] text',
    ],
    nearMisses: ['[2021-04-07 19:01:27,427] INFO text', '[INFO] [org.a.B] text'],
  },
  {
    id: 'kafka',
    generic: true,
    title: 'Kafka: time in brackets',
    read: readFreeHead,
    pattern: re('\\[TS\\]\\s+LEVEL\\s+(?<msg>.*)$'),
    samples: ['[2022-02-02 10:00:00,123] INFO [GroupCoordinator 0]: Preparing to rebalance (kafka.coordinator.group.GroupCoordinator)'],
    nearMisses: ['[2022-02-02 10:00:00,123] Container killed'],
  },
  {
    id: 'level-first',
    title: 'Level in brackets first',
    pattern: re(
      '\\[?LEVEL\\s*\\]?\\s*\\[?TS\\]?\\s*(?:\\[(?<logger>[\\w$-]+(?:\\.[\\w$-]+)+)\\]|(?<logger2>[\\w.$-]+\\.[\\w.$-]+)\\s*(?:\\[\\]\\s*)?-)\\s?(?<msg>.*)$',
    ),
    samples: [
      '[INFO] [2022-07-31 21:18:22][org.apache.flink.runtime.executiongraph.ExecutionGraph]Source: in (2/8) switched',
      'INFO  2022-07-31 21:18:22,001 org.example.Job [] - text',
    ],
    nearMisses: ['[ERROR] Failed to construct terminal; falling back to unsupported', '[INFO] BUILD SUCCESS'],
  },
  {
    id: 'operator',
    title: 'Flink Kubernetes operator',
    pattern: re('TS (?<logger>[\\w.$-]+)\\s+\\[LEVEL\\s*\\]\\s*(?:\\[(?<context>[^\\]]*)\\])?\\s*(?<msg>.*)$'),
    samples: ['2023-08-01 10:00:00,123 o.a.f.k.o.l.AuditUtils         [INFO ][default/basic-example] >>> Status | Info | STABLE'],
    nearMisses: ['2023-08-01 10:00:00,123 o.a.f.k.o.l.AuditUtils text'],
  },
  {
    id: 'time-only',
    title: 'Time without date',
    pattern: re(
      `TIME\\s+(?:\\[(?<thread>.{1,400}?)\\]\\s+)?\\[?LEVEL\\s*\\]?\\s+(?<logger>[\\w.$-]+)${WHOLE}\\s*(?:\\[(?<context>[^\\]]*)\\]\\s*)?(?:${SEPARATOR}|[-:] ?)(?<msg>.*)$`,
    ),
    samples: [
      '08:00:01.123 [main] WARN  org.example.Job :: text',
      '14:27:56,872 INFO  com.example.RestoreExample [] - word: ERROR, frequency: 1',
      '08:00:01.123 [main] WARN  org.example.Job - text',
    ],
    nearMisses: ['14:27:56 up 3 days', '14:27:56,872 text'],
  },
  {
    id: 'java-util-logging',
    title: 'java.util.logging',
    pattern: new RegExp(`^(?<ts>${JUL_STAMP}) (?<logger>[\\w.$]+)(?: (?<context>[\\w$<>]+))?(?<msg>)$`),
    samples: [
      'Nov 20, 2025 8:01:00 PM org.example.Job run',
      'Nov 20, 2025 20:01:00 org.example.Job run',
      'Nov 20, 2025 8:01:00\u202fPM org.example.Job lambda$main$0',
      'Nov. 20, 2025 8:01:00 PM org.example.Job run',
      '四月 07, 2021 7:01:20 下午 org.example.Job run',
      'avr. 07, 2021 7:01:20 PM org.example.Job run',
    ],
    nearMisses: ['Nov 20, 2025 8:01:00 PM and then it failed.'],
  },
  {
    id: 'syslog',
    title: 'Syslog (RFC 5424) around a message without a head of its own',
    pattern: re('<\\d{1,3}>1 TS \\S+ \\S+ \\S+ \\S+ (?:-|\\[[^\\]]*\\]) (?<msg>.*)$'),
    samples: ['<14>1 2030-01-01T10:00:00.120Z host flink 1 - - Job x (0f1e) switched from state RUNNING to RESTARTING.'],
    nearMisses: ['<14>1 2030-01-01T10:00:00.120Z host', '<pre>2030-01-01 10:00:00'],
  },
  {
    id: 'glog',
    title: "Google's logging: a letter for the level, day and month without a year",
    pattern: re('[IWEF]\\d{4} TIME +\\d+ [\\w$.-]+:\\d+\\] (?<msg>.*)$'),
    read: readGlog,
    samples: ['I0506 10:00:00.120000 1 ExecutionGraph.java:88] Job x (0f1e) switched from state RUNNING to RESTARTING.'],
    nearMisses: ['I0506 10:00:00.120000 and then it failed', 'E0506: x'],
  },
  {
    id: 'logfmt',
    title: 'logfmt: key=value',
    pattern: new RegExp(`^(?:ts|time|timestamp)="?(?<ts>${DATE_TIME})"? (?=.*\\blevel=)(?=.*\\b(?:msg|message)=)`),
    read: readLogfmt,
    samples: [
      'ts=2030-01-01T10:00:00.120Z level=info msg="Job x switched"',
      'time="2030-01-01T10:00:00Z" level=WARN logger=org.example.Job message="late" a=b',
    ],
    nearMisses: ['ts=2030-01-01T10:00:00.120Z msg="x"', 'level=info msg="x"'],
  },
  {
    id: 'kibana',
    title: 'Rows of Kibana',
    pattern: new RegExp(`^(?<ts>${KIBANA_STAMP})[\\t ]`),
    read: readRow,
    samples: [
      'Jan 1, 2030 @ 10:00:00.120\tJob x (0f1e) switched from state RUNNING to RESTARTING.\t25,370\tjob_manager',
      'Jan 1, 2030 @ 10:00:00.120 Job x (0f1e) switched from state RUNNING to RESTARTING.',
      'Jan 1, 2030 @ 10:00:00.120\tWARN\torg.example.Job\tlate',
    ],
    nearMisses: ['Jan 1, 2030 @ ten, and then it failed', 'Jan 1, 2030 10:00:00 AM org.example.Job run'],
  },
  {
    id: 'other',
    generic: true,
    title: 'Time, level and more in another order',
    pattern: new RegExp(`^[[(<]?(?:${RARE_STAMP}|${DATE_TIME}|${TIME_ONLY}|(?:${LEVEL})\\b)`, 'i'),
    read: readFreeHead,
    samples: [
      '2021-04-07 19:01:27,427 [b26df7e1e6d2c9e7dd4f07c1f866b7af] INFO org.apache.flink.runtime.taskmanager.Task text',
      '[2021-04-07 19:01:27,427] [main] WARN org.example.Job - text',
      '[2021-04-07 19:01:27,427][main][INFO][org.example.Job] text',
      '2021-04-07 19:01:27,427 | INFO  | main | org.example.Job | text',
      '2021-04-07 19:01:27,427 INFO  org.example.Job [] Task.java:123 - text',
      '2021-04-07 19:01:27,427 CEST info org.example.Job [] - text',
      '1617822087427 INFO  org.example.Job [] - text',
      '20210407 19:01:27,427 INFO  org.example.Job [] - text',
      'Wed Apr 07 19:01:27 CEST 2021 INFO org.example.Job - text',
      '19:01:27.427 [Map (1/2)#0] INFO  org.example.Job MDC{a=b} - text',
      '2023-08-01 18:17:56.141 ERROR something went wrong',
      '2023-08-01 18:17:56 | WARN | text',
      '2023-08-01 18:17:56 | WARN | flink-pekko.actor.default-dispatcher-4 | org.example.Job | text',
      '2023-08-01 18:17:56 INFO [flink-pekko.actor.default-dispatcher-4] [org.example.Job] => text',
      '2021-04-07 19:01:27,427 flink-pekko.actor.default-dispatcher-18 INFO  org.example.Job [] - text',
      '2021-04-07 19:01:27,427 Source: in (1/2)#0 WARN  org.example.Job - text',
      '2021-04-07 19:01:27,427 WARN  Source: in (1/2)#0 org.example.job.Job -- text',
      '2021-04-07 19:01:27,427 - apache_beam.runners - INFO - text',
      '2021-04-07T19:01:27.427+02:00  INFO 4711 --- [app] [           main] org.example.Job : text',
    ],
    nearMisses: ['2021-04-07 19:01:27,427 the job failed with an ERROR', 'Error: nothing to do', '[INFO] BUILD SUCCESS', '12:30 INFO'],
  },
  {
    id: 'level-and-logger',
    title: 'Level and logger, without a time',
    timeless: true,
    pattern: re(
      '\\[?LEVEL\\s*\\]?\\s+(?:(?<logger>(?:[a-z_][\\w-]*\\.)+[A-Z][\\w$]*)\\s*(?:\\[(?<context>[^\\]]*)\\])?\\s*[-:]|\\[\\]\\s+-) ?(?<msg>.*)$',
    ),
    samples: ['INFO  org.apache.flink.runtime.taskmanager.Task [] - text', 'INFO  [] -   Total Process Memory:          1.688gb (1811939328 bytes)'],
    nearMisses: ['[ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin', 'INFO text - more', 'ERROR: x'],
  },
  {
    id: DIAGNOSTICS,
    generic: true,
    title: 'YARN diagnostics',
    pattern: re('\\[TS\\](?<msg>.*)$'),
    samples: ['[2023-08-01 18:17:56.141]Container killed on request. Exit code is 143'],
    nearMisses: ['[2023-08-01] x'],
  },
];

const GLOG_LEVELS = table<Level>({ I: 'INFO', W: 'WARN', E: 'ERROR', F: 'FATAL' });

function readGlog(line: string): Head | null {
  const stamp = parseStamp(/\d\d:\d\d:\d\d[.,\d]*/.exec(line)?.[0] ?? '');
  const message = line.indexOf('] ') + 2;
  return { stamp, level: GLOG_LEVELS[line.slice(0, 1)] ?? null, logger: null, thread: null, context: null, message };
}

/** No layout needs more of a line than this to be recognised, and none is shown more: some patterns take longer than the line is long. */
const HEAD_LENGTH = 2000;

/** What a layout's pattern finds at the beginning of a line. */
export function findHead({ pattern }: Layout, line: string): RegExpExecArray | null {
  return pattern.exec(beginningOf(line));
}

const beginningOf = (line: string): string => (line.length > HEAD_LENGTH ? line.slice(0, HEAD_LENGTH) : line);

/** The parts of a line in a given layout; null when it is not one. */
export function matchLayout(layout: Layout, whole: string): Head | null {
  const line = beginningOf(whole);
  const match = findHead(layout, line);
  if (match === null) return null;
  if (layout.read !== undefined) return layout.read(line);
  const groups = match.groups ?? {};
  return {
    stamp: groups.ts === undefined ? null : parseStamp(groups.ts),
    level: levelOf(groups.level),
    logger: groups.logger ?? groups.logger2 ?? null,
    thread: groups.thread?.trim() ?? null,
    context: groups.context === undefined || groups.context === '' ? null : groups.context,
    // The message is always the last part and reaches to the end of the line.
    message: line.length - (groups.msg?.length ?? 0),
  };
}

/** Characters that no record of any layout starts with; saves trying them all on stack frames. */
function mayStartRecord(line: string): boolean {
  const code = line.charCodeAt(0);
  // digit, "[", "<", letter: everything else (blank, tab, quote …) continues a record.
  if (code >= 48 && code <= 57) return true;
  if (code === 91 || code === 60 || code > 127) return true;
  if (code >= 65 && code <= 90) return true;
  // Months and levels of some languages and layouts are not capitalised.
  return code >= 97 && code <= 122 && SMALL.test(line);
}

const BLANK = 32;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;

const SMALL = /^(?:(?:ts|time|timestamp)=|[a-zà-ÿ]{3,5}\.? \d|(?:trace|debug|info|warn|error|fatal)\b)/;

/** "[2026-11-20T12:02:10.023+0000][0.004s][info][gc,heap ] …" */
const JVM_LINE = /^(?:\[[^\]]{0,60}\]){0,11}\[(?:gc|safepoint)[a-z,+ ]*\] |^(?:\[[^\]]{0,60}\]){1,12} GC\(\d+\) /;

/** Tries the layout that matched last, then the others in order; keeps the winner in front. */
export class LayoutMatcher {
  readonly #layouts: Layout[];
  readonly #fixed: boolean;
  last: Layout | null = null;

  constructor(own: readonly Layout[] = []) {
    this.#layouts = [...own, ...LAYOUTS];
    this.#fixed = own.length > 0;
  }

  match(whole: string): Head | null {
    const line = beginningOf(whole);
    if (line.charCodeAt(0) === BLANK) {
      const indent = line.charCodeAt(1) !== BLANK ? 1 : line.charCodeAt(2) !== BLANK ? 2 : 3;
      return isDigit(line.charCodeAt(indent)) ? this.#indented(line, indent) : null;
    }
    return this.#flush(line);
  }

  /** Whoever copies records off a page takes blanks along, up to three: the record must say its day and its level then. */
  #indented(line: string, indent: number): Head | null {
    const head = this.#flush(line.slice(indent));
    if (head?.stamp?.dated !== true || head.level === null) return null;
    return { ...head, message: head.message + indent, ...(head.end === undefined ? {} : { end: head.end + indent }) };
  }

  /** A line that begins at its margin. */
  #flush(line: string): Head | null {
    if (!this.#fixed && !mayStartRecord(line)) return null;
    // A line of the JVM's own logging is no record, however much it looks like one.
    if (line.charCodeAt(0) === 0x5b && JVM_LINE.test(line)) return null;
    if (this.last !== null && this.last.generic !== true) {
      const head = matchLayout(this.last, line);
      if (head !== null) return head;
    }
    for (const layout of this.#layouts) {
      if (layout === this.last && layout.generic !== true) continue;
      const head = matchLayout(layout, line);
      if (head === null) continue;
      this.last = layout;
      return head;
    }
    return null;
  }
}
