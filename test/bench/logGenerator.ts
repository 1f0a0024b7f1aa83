import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { random } from '../../server/src/core/random.ts';

/** What a reader of a generated log must find. */
export interface LogTruth {
  bytes: number;
  lines: number;
  records: number;
  levels: Record<string, number>;
  exceptions: number;
  /** Number of traces by the class of their root cause. */
  roots: Record<string, number>;
  switches: number;
  executions: number;
  failures: number;
  /** 0-based line of the first failure, and its subtask. */
  first: { line: number; subtask: string } | null;
}

const TASK = 'org.apache.flink.runtime.taskmanager.Task';
const EXECUTOR = 'org.apache.flink.runtime.taskexecutor.TaskExecutor';
const OPERATORS = [
  'Source: orders[1] -> Calc[2]',
  'Source: clicks -> Filter -> Map',
  'HashJoin(joinType=[InnerJoin], where=[(id = id0)], select=[id, user, source, id0, total], build=[left]) -> Calc(select=[id, (source || CAST(total)) AS key]) -> Expand(projects=[id, key, $e])',
  'KeyedProcess -> (Sink: out: Writer -> Sink: out: Committer, Map -> Sink: Unnamed)',
];
const PARALLELISM = 6;
const JAR = '~[flink-dist-1.17.2.jar:1.17.2]';
const RUN = [
  'org.apache.flink.streaming.runtime.tasks.StreamTask.invoke(StreamTask.java:788)',
  'org.apache.flink.runtime.taskmanager.Task.restoreAndInvoke(Task.java:931)',
  'org.apache.flink.runtime.taskmanager.Task.run(Task.java:562)',
  'java.lang.Thread.run(Thread.java:829)',
];
const frames = (list: readonly string[]) => list.map((frame) => `\tat ${frame} ${JAR}`);

const TRACES: { root: string; lines: (pick: () => number) => string[] }[] = [
  {
    root: 'java.io.IOException',
    lines: (pick) => [
      `java.lang.RuntimeException: Could not perform checkpoint ${Math.floor(pick() * 900)}`,
      ...frames(['org.example.Writer.flush(Writer.java:71)', ...RUN]),
      'Caused by: java.io.IOException: No space left on device',
      ...frames(['org.example.Disk.write(Disk.java:12)', 'org.example.Writer.flush(Writer.java:69)']),
      '\t... 4 more',
    ],
  },
  {
    root: 'java.lang.IllegalStateException',
    lines: (pick) => [
      'java.lang.RuntimeException: One or more fetchers have encountered exception',
      ...frames(['org.apache.flink.connector.base.source.reader.SourceReaderBase.pollNext(SourceReaderBase.java:131)', ...RUN]),
      `Caused by: java.lang.IllegalStateException: offset ${Math.floor(pick() * 1e9)} is out of range`,
      ...frames(['org.example.Reader.fetch(Reader.java:101)']),
      '\t... 5 more',
    ],
  },
];

const NOISE: ((pick: () => number, hex: () => string) => [level: string, logger: string, message: string])[] = [
  (_, hex) => ['INFO', 'org.apache.flink.runtime.taskexecutor.slot.TaskSlotTableImpl', `Activate slot ${hex()}.`],
  (pick) => [
    'INFO',
    'org.apache.kafka.clients.consumer.internals.ConsumerCoordinator',
    `[Consumer clientId=c-${Math.floor(pick() * 9)}, groupId=g1] Resetting generation and member id due to: consumer pro-actively leaving the group`,
  ],
  () => ['INFO', 'org.apache.flink.runtime.state.heap.HeapKeyedStateBackend', 'Initializing heap keyed state backend with stream factory.'],
  (_, hex) => ['DEBUG', EXECUTOR, `Received heartbeat request from ${hex()}.`],
  (pick) => [
    'WARN',
    'org.apache.kafka.clients.NetworkClient',
    `[Producer clientId=p-${Math.floor(pick() * 9)}] Connection to node ${Math.floor(pick() * 5)} could not be established. Broker may not be available.`,
  ],
  (pick) => [
    'INFO',
    'com.example.orders.OrderFunction',
    `processed order ${Math.floor(pick() * 1e7)} of customer ${Math.floor(pick() * 1e5)} in ${Math.floor(pick() * 90)} ms`,
  ],
  (pick) => [
    'INFO',
    'org.apache.flink.runtime.checkpoint.CheckpointCoordinator',
    `Completed checkpoint ${Math.floor(pick() * 1e5)} for job 0123456789abcdef0123456789abcdef (${Math.floor(pick() * 1e6)} bytes, checkpointDuration=${Math.floor(pick() * 900)} ms, finalizationTime=12 ms).`,
  ],
];

const pad = (value: number, width: number) => String(value).padStart(width, '0');

/** Writes a TaskManager log of about `size` bytes in Flink's default layout: deployments, noise, failures with region restarts. */
export async function generateLog(path: string, size: number, options: { seed?: number; failuresPerMiB?: number } = {}): Promise<LogTruth> {
  const pick = random(options.seed ?? 1);
  const hex = () =>
    Array.from({ length: 4 }, () =>
      Math.floor(pick() * 2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    ).join('');
  const truth: LogTruth = {
    bytes: 0,
    lines: 0,
    records: 0,
    levels: {},
    exceptions: 0,
    roots: {},
    switches: 0,
    executions: 0,
    failures: 0,
    first: null,
  };
  const out = createWriteStream(path);
  let buffered: string[] = [];
  let length = 0;
  let time = Date.UTC(2024, 0, 1);
  const line = (text: string) => {
    buffered.push(text, '\n');
    length += text.length + 1;
    truth.bytes += text.length + 1;
    truth.lines++;
  };
  const flush = async () => {
    if (length < 1 << 20) return;
    if (!out.write(buffered.join(''))) await once(out, 'drain');
    buffered = [];
    length = 0;
  };
  const record = (level: string, logger: string, message: string) => {
    time += Math.floor(pick() * 6);
    const at = new Date(time);
    const stamp = `${at.getUTCFullYear()}-${pad(at.getUTCMonth() + 1, 2)}-${pad(at.getUTCDate(), 2)} ${pad(at.getUTCHours(), 2)}:${pad(at.getUTCMinutes(), 2)}:${pad(at.getUTCSeconds(), 2)},${pad(at.getUTCMilliseconds(), 3)}`;
    truth.records++;
    truth.levels[level] = (truth.levels[level] ?? 0) + 1;
    line(`${stamp} ${level.padEnd(5)} ${logger.padEnd(60)} [] - ${message}`);
  };
  const change = (name: string, from: string, to: string, level = 'INFO', tail = '.') => {
    truth.switches++;
    record(level, TASK, `${name} switched from ${from} to ${to}${tail}`);
  };
  const graph = hex();
  const vertices = OPERATORS.map(() => hex());
  const subtasks = (attempt: number) =>
    OPERATORS.flatMap((operator, vertex) =>
      Array.from({ length: PARALLELISM }, (_, index) => ({
        label: `${index + 1}/${PARALLELISM}`,
        name: `${operator} (${index + 1}/${PARALLELISM})#${attempt}`,
        id: `${graph}_${vertices[vertex]}_${index}_${attempt}`,
      })),
    );
  const deploy = (attempt: number) => {
    for (const { name, id } of subtasks(attempt)) {
      truth.executions++;
      record('INFO', EXECUTOR, `Received task ${name} (${id}), deploy into slot with allocation id ${hex()}.`);
      for (const [from, to] of [
        ['CREATED', 'DEPLOYING'],
        ['DEPLOYING', 'INITIALIZING'],
        ['INITIALIZING', 'RUNNING'],
      ] as const)
        change(`${name} (${id})`, from, to);
    }
  };
  record(
    'INFO',
    'org.apache.flink.runtime.taskexecutor.TaskManagerRunner',
    ' Starting TaskManager (Version: 1.17.2, Scala: 2.12, Rev:895c609, Date:2023-11-17T11:57:14+01:00)',
  );
  let attempt = 0;
  deploy(attempt);
  const gap = (1 << 20) / (options.failuresPerMiB ?? 2);
  let next = gap;
  while (truth.bytes < size) {
    await flush();
    if (truth.bytes < next) {
      const noise = NOISE[Math.floor(pick() * NOISE.length)] as (typeof NOISE)[number];
      record(...noise(pick, hex));
      continue;
    }
    next += gap;
    truth.failures++;
    truth.exceptions++;
    const all = subtasks(attempt);
    const victim = all[Math.floor(pick() * all.length)] as (typeof all)[number];
    const trace = TRACES[Math.floor(pick() * TRACES.length)] as (typeof TRACES)[number];
    truth.first ??= { line: truth.lines, subtask: victim.label };
    truth.roots[trace.root] = (truth.roots[trace.root] ?? 0) + 1;
    change(`${victim.name} (${victim.id})`, 'RUNNING', 'FAILED', 'WARN', ' with failure cause:');
    for (const text of trace.lines(pick)) line(text);
    record('INFO', TASK, `Freeing task resources for ${victim.name} (${victim.id}).`);
    record('INFO', EXECUTOR, `Un-registering task and sending final execution state FAILED to JobManager for task ${victim.name} ${victim.id}.`);
    for (const { name, id } of all) {
      if (id === victim.id) continue;
      record('INFO', TASK, `Attempting to cancel task ${name} (${id}).`);
      change(`${name} (${id})`, 'RUNNING', 'CANCELING');
      change(`${name} (${id})`, 'CANCELING', 'CANCELED');
    }
    time += 10_000;
    deploy(++attempt);
  }
  out.end(buffered.join(''));
  await once(out, 'finish');
  return truth;
}
