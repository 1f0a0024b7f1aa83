import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { random } from '../../server/src/core/random.ts';

/** What a reader of a generated fleet must find. */
export interface FleetTruth {
  files: number;
  bytes: number;
  /** The file, the subtask and the root cause of the first failure. */
  first: { file: string; subtask: string; cause: string };
  /** Subtasks that failed because of it. */
  followers: string[];
  /** GC logs with a pause that has nothing to do with it. */
  paused: string[];
}

const START = Date.UTC(2026, 10, 20, 8);
const MINUTE = 60_000;
const FAILS_AT = START + 90 * MINUTE;
const VERSION = '2.3.0';
const JOB = '5b1c0f3a9d2e4a7788c6d5e4f3a2b1c0';
const GRAPH = '394a805e4e6e41788fae95713072663e';
const SOURCE = { name: 'Source: clicks -> Map', id: 'cbc357ccb763df2852fee8c4fc7d55f2' };
const SINK = { name: 'counts -> Sink: Writer', id: '1a936cb48657826a536f331e9fb33b5e' };
const TASK = 'org.apache.flink.runtime.taskmanager.Task';
const EXECUTOR = 'org.apache.flink.runtime.taskexecutor.TaskExecutor';
const GRAPH_LOGGER = 'org.apache.flink.runtime.executiongraph.ExecutionGraph';
/** A clock is ahead or behind by up to so much, in ms. */
const OFF = 2000;
const FOLLOWERS = 40;
const CAUSE = 'java.io.IOException: No space left on device';
const TRACE = [
  '\tat java.base/java.io.FileOutputStream.writeBytes(Native Method)',
  '\tat java.base/java.io.FileOutputStream.write(FileOutputStream.java:349)',
  '\tat org.example.clicks.Spool.append(Spool.java:58)',
  '\tat org.example.clicks.Enrich.map(Enrich.java:41)',
  ...['streaming.api.operators.StreamMap.processElement(StreamMap.java:38)', 'runtime.taskmanager.Task.run(Task.java:567)'].map(
    (frame) => `\tat org.apache.flink.${frame} ~[flink-dist-${VERSION}.jar:${VERSION}]`,
  ),
];

const pad = (value: number, width: number): string => String(value).padStart(width, '0');
const stamp = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').replace('.', ',').replace('Z', '');

/** A log whose clock is `ahead` ms ahead. */
class Log {
  readonly #lines: string[] = [];
  readonly #ahead: number;
  length = 0;

  constructor(ahead: number) {
    this.#ahead = ahead;
  }

  line(text: string): void {
    this.#lines.push(text);
    this.length += text.length + 1;
  }

  record(time: number, level: string, logger: string, message: string, more: readonly string[] = []): void {
    this.line(`${stamp(time + this.#ahead)} ${level.padEnd(5)} ${logger.padEnd(60)} [] - ${message}`);
    for (const text of more) this.line(text);
  }

  write(file: string): number {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `${this.#lines.join('\n')}\n`);
    return this.length;
  }
}

type Vertex = typeof SOURCE;

/**
 * A JobManager and many TaskManagers, each with a folder of its own and one subtask of each vertex: one of them fails, others
 * fail because of it before or after by their clocks, two stand still at another time. The same for the same figures.
 */
export function generateFleet(folder: string, taskManagers: number, bytes: number): FleetTruth {
  const host = (index: number) => `tm-${pad(index, 4)}`;
  const resource = (index: number) => `${host(index)}:41234-${(0x100000 + index).toString(16)}`;
  const execution = ({ id }: Vertex, index: number) => `${GRAPH}_${id}_${index}_0`;
  const subtask = ({ name }: Vertex, index: number) => `${name} (${index + 1}/${taskManagers})`;
  const victim = Math.floor(taskManagers * 0.617);
  const followers = Array.from({ length: Math.min(FOLLOWERS, taskManagers >> 1) }, (_, at) => (victim + 1 + at * 7) % taskManagers);
  const paused = [Math.floor(taskManagers * 0.1), Math.floor(taskManagers * 0.2)];
  const truth: FleetTruth = {
    files: taskManagers + 1 + paused.length,
    bytes: 0,
    first: { file: `${host(victim)}/taskmanager.log`, subtask: subtask(SOURCE, victim), cause: CAUSE },
    followers: followers.map((index) => subtask(SINK, index)).sort(),
    paused: paused.map((index) => `${host(index)}/gc.log`),
  };
  const share = Math.floor(bytes / (taskManagers + 1));
  for (let index = 0; index < taskManagers; index++) {
    const pick = random(index + 1);
    // That of the first is behind the JobManager's, those of its followers are anywhere.
    const log = new Log(index === victim ? OFF : Math.round((pick() * 2 - 1) * OFF));
    const begun = START + index * 5;
    log.record(
      begun,
      'INFO',
      'org.apache.flink.runtime.taskexecutor.TaskManagerRunner',
      ` Starting TaskManager (Version: ${VERSION}, Scala: 2.12, Rev:c0f8d1a, Date:2026-06-14T16:29:03+02:00)`,
    );
    log.record(
      begun + 900,
      'INFO',
      'org.apache.flink.runtime.taskexecutor.TaskManagerRunner',
      `Starting TaskManager with ResourceID: ${resource(index)}`,
    );
    for (const vertex of [SOURCE, SINK]) {
      const name = `${subtask(vertex, index)}#0 (${execution(vertex, index)})`;
      const at = START + MINUTE + index * 3;
      log.record(at + 40, 'INFO', EXECUTOR, `Received task ${name}, deploy into slot with allocation id ${pad(index, 32)}.`);
      log.record(at + 45, 'INFO', TASK, `${name} switched from CREATED to DEPLOYING.`);
      log.record(at + 700, 'INFO', TASK, `${name} switched from DEPLOYING to INITIALIZING.`);
      log.record(at + 1100, 'INFO', TASK, `${name} switched from INITIALIZING to RUNNING.`);
    }
    const end = share - 4000;
    const step = Math.max(1, Math.floor((FAILS_AT - START - 3 * MINUTE) / Math.max(1, (end - log.length) / 180)));
    for (let time = START + 2 * MINUTE; log.length < end && time < FAILS_AT - MINUTE; time += step) {
      const [level, logger, message] = NOISE[Math.floor(pick() * NOISE.length)] as (typeof NOISE)[number];
      log.record(time, level, logger, message(Math.floor(pick() * 1e7)));
    }
    const failed = (vertex: Vertex, time: number, lines: readonly string[]) =>
      log.record(
        time,
        'WARN',
        TASK,
        `${subtask(vertex, index)}#0 (${execution(vertex, index)}) switched from RUNNING to FAILED with failure cause:`,
        lines,
      );
    const cancelled = (vertex: Vertex, time: number) => {
      const name = `${subtask(vertex, index)}#0 (${execution(vertex, index)})`;
      log.record(time, 'INFO', TASK, `Attempting to cancel task ${name}.`);
      log.record(time, 'INFO', TASK, `${name} switched from RUNNING to CANCELING.`);
      log.record(time + 30, 'INFO', TASK, `${name} switched from CANCELING to CANCELED.`);
    };
    if (index === victim) failed(SOURCE, FAILS_AT, [CAUSE, ...TRACE]);
    const follows = followers.indexOf(index);
    if (follows !== -1)
      failed(SINK, FAILS_AT + 100 + follows * 20, [
        `org.apache.flink.runtime.io.network.netty.exception.RemoteTransportException: Error at remote task manager '${host(victim)}/10.0.0.1:40001 [ ${resource(victim)} ] '.`,
        `\tat org.apache.flink.runtime.io.network.netty.CreditBasedPartitionRequestClientHandler.decodeMsg(CreditBasedPartitionRequestClientHandler.java:303) ~[flink-dist-${VERSION}.jar:${VERSION}]`,
        `Caused by: org.apache.flink.runtime.io.network.partition.ProducerFailedException: ${CAUSE}`,
        '\t... 20 more',
      ]);
    if (index !== victim) cancelled(SOURCE, FAILS_AT + 1500);
    if (follows === -1) cancelled(SINK, FAILS_AT + 1500);
    truth.bytes += log.write(path.join(folder, host(index), 'taskmanager.log'));
    if (paused.includes(index)) truth.bytes += collector(START + index * 5, pick).write(path.join(folder, host(index), 'gc.log'));
  }
  truth.bytes += master(taskManagers, victim, { host, resource, execution, subtask }).write(path.join(folder, 'jobmanager/jobmanager.log'));
  return truth;
}

const NOISE: [level: string, logger: string, message: (number: number) => string][] = [
  ['INFO', 'org.example.clicks.Enrich', (number) => `enriched ${number} clicks of ${number % 977} users in ${number % 90} ms`],
  [
    'INFO',
    'org.apache.kafka.clients.consumer.internals.ConsumerCoordinator',
    (number) => `[Consumer clientId=c-${number % 9}, groupId=clicks] Committed offset ${number} for partition clicks-${number % 96}`,
  ],
  ['DEBUG', EXECUTOR, (number) => `Received heartbeat request from ${pad(number, 32)}.`],
  [
    'WARN',
    'org.apache.kafka.clients.NetworkClient',
    (number) => `[Producer clientId=p-${number % 9}] Got error produce response with correlation id ${number}, retrying (2147483646 attempts left)`,
  ],
  ['INFO', 'org.apache.flink.runtime.state.heap.HeapKeyedStateBackend', () => 'Initializing heap keyed state backend with stream factory.'],
];

interface Names {
  host(index: number): string;
  resource(index: number): string;
  execution(vertex: Vertex, index: number): string;
  subtask(vertex: Vertex, index: number): string;
}

/** What the JobManager tells of it. */
function master(taskManagers: number, victim: number, { host, resource, execution, subtask }: Names): Log {
  const log = new Log(0);
  log.record(
    START,
    'INFO',
    'org.apache.flink.runtime.entrypoint.ClusterEntrypoint',
    ` Starting StandaloneSessionClusterEntrypoint (Version: ${VERSION}, Scala: 2.12, Rev:c0f8d1a, Date:2026-06-14T16:29:03+02:00)`,
  );
  for (let index = 0; index < taskManagers; index++)
    log.record(
      START + 5000 + index,
      'INFO',
      'org.apache.flink.runtime.resourcemanager.StandaloneResourceManager',
      `Registering TaskManager with ResourceID ${resource(index)} (pekko.tcp://flink@${host(index)}:41234/user/rpc/taskmanager_0) at ResourceManager`,
    );
  log.record(START + MINUTE - 500, 'INFO', GRAPH_LOGGER, `Job clicks (${JOB}) switched from state CREATED to RUNNING.`);
  const each = (run: (vertex: Vertex, index: number) => void) => {
    for (let index = 0; index < taskManagers; index++) for (const vertex of [SOURCE, SINK]) run(vertex, index);
  };
  each((vertex, index) => {
    const at = START + MINUTE + index * 3;
    const name = `${subtask(vertex, index)} (${execution(vertex, index)})`;
    log.record(at - 2, 'INFO', GRAPH_LOGGER, `${name} switched from CREATED to SCHEDULED.`);
    log.record(at - 1, 'INFO', GRAPH_LOGGER, `${name} switched from SCHEDULED to DEPLOYING.`);
    log.record(
      at,
      'INFO',
      GRAPH_LOGGER,
      `Deploying ${subtask(vertex, index)} (attempt #0) with attempt id ${execution(vertex, index)} and vertex id ${vertex.id}_${index} to ${resource(index)} @ ${host(index)} (dataPort=40001) with allocation id ${pad(index, 32)}`,
    );
    log.record(at + 1150, 'INFO', GRAPH_LOGGER, `${name} switched from DEPLOYING to INITIALIZING.`);
    log.record(at + 1200, 'INFO', GRAPH_LOGGER, `${name} switched from INITIALIZING to RUNNING.`);
  });
  log.record(
    FAILS_AT + 60,
    'WARN',
    GRAPH_LOGGER,
    `${subtask(SOURCE, victim)} (${execution(SOURCE, victim)}) switched from RUNNING to FAILED on ${resource(victim)} @ ${host(victim)} (dataPort=40001).`,
    [CAUSE, ...TRACE],
  );
  log.record(FAILS_AT + 70, 'INFO', GRAPH_LOGGER, `Job clicks (${JOB}) switched from state RUNNING to FAILING.`, [
    'org.apache.flink.runtime.JobException: Recovery is suppressed by NoRestartBackoffTimeStrategy',
    `\tat org.apache.flink.runtime.executiongraph.failover.ExecutionFailureHandler.handleFailure(ExecutionFailureHandler.java:219) ~[flink-dist-${VERSION}.jar:${VERSION}]`,
    `Caused by: ${CAUSE}`,
    ...TRACE,
  ]);
  each((vertex, index) => {
    if (vertex === SOURCE && index === victim) return;
    const name = `${subtask(vertex, index)} (${execution(vertex, index)})`;
    log.record(FAILS_AT + 80, 'INFO', GRAPH_LOGGER, `${name} switched from RUNNING to CANCELING.`);
  });
  each((vertex, index) => {
    if (vertex === SOURCE && index === victim) return;
    const name = `${subtask(vertex, index)} (${execution(vertex, index)})`;
    log.record(FAILS_AT + 2500, 'INFO', GRAPH_LOGGER, `${name} switched from CANCELING to CANCELED.`);
  });
  log.record(FAILS_AT + 2600, 'INFO', GRAPH_LOGGER, `Job clicks (${JOB}) switched from state FAILING to FAILED.`);
  return log;
}

/** A GC log with one pause of twelve seconds half an hour before the failure. */
function collector(begun: number, pick: () => number): Log {
  const log = new Log(0);
  const line = (time: number, text: string) =>
    log.line(`[${new Date(time).toISOString().replace('Z', '+0000')}][${((time - begun) / 1000).toFixed(3)}s][info][gc] ${text}`);
  line(begun + 10, 'Using G1');
  let id = 0;
  for (let time = begun + 4000; time < FAILS_AT; time += 20_000) {
    const long = Math.abs(time - (FAILS_AT - 30 * MINUTE)) < 10_000;
    line(
      time,
      long
        ? `GC(${id++}) Pause Full (G1 Compaction Pause) 3900M->2100M(4096M) 12034.117ms`
        : `GC(${id++}) Pause Young (Normal) (G1 Evacuation Pause) 2900M->1800M(4096M) ${(8 + pick() * 20).toFixed(3)}ms`,
    );
  }
  return log;
}
