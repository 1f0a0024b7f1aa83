// A server that stands in for a cluster of Flink: it gives recorded answers, or whatever a test wants instead.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pipeline, Readable } from 'node:stream';

export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body: string | Uint8Array;
}

/** The answer to a path with its query; null: there is no such thing. A function writes it itself, or never does. */
export type Answers = (path: string, request: IncomingMessage) => Reply | null | ((response: ServerResponse) => void);

export interface StandIn {
  url: string;
  host: string;
  /** Paths that were asked for, in their order. */
  asked: string[];
  /** GET and others, in the same order. */
  methods: string[];
  /** What each request brought along. */
  headers: IncomingMessage['headers'][];
  /** Most requests at a time. */
  most: number;
  close(): Promise<void>;
}

export const json = (value: unknown, status = 200): Reply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/** An answer that has no end as long as somebody takes it. */
export const endless =
  (text: string) =>
  (response: ServerResponse): void => {
    response.writeHead(200);
    pipeline(Readable.from(again(text)), response, () => undefined);
  };

/** A beginning, then a blank now and then, as long as somebody waits. */
export const dripping =
  (beginning: string) =>
  (response: ServerResponse): void => {
    response.writeHead(200).write(beginning);
    const timer = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(timer));
  };

function* again(text: string): Generator<string> {
  for (;;) yield text;
}

/** `{"errors": […]}`, as Flink answers what it cannot do. */
export const errors = (status: number, ...texts: string[]): Reply => json({ errors: texts }, status);

/** @param tls with this certificate, in PEM */
export async function standIn(answers: Answers, tls?: { cert: string; key: string }): Promise<StandIn> {
  const asked: string[] = [];
  const methods: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  let open = 0;
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const at = request.url ?? '/';
    asked.push(at);
    methods.push(request.method ?? '');
    headers.push(request.headers);
    result.most = Math.max(result.most, ++open);
    response.on('close', () => open--);
    const reply = answers(at, request) ?? errors(404, `Not found: ${at}`);
    if (typeof reply === 'function') reply(response);
    else response.writeHead(reply.status ?? 200, reply.headers).end(reply.body);
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const result: StandIn = {
    url: `${tls === undefined ? 'http' : 'https'}://${host}`,
    host,
    asked,
    methods,
    headers,
    most: 0,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return result;
}

/** With what the profiler of each process has done: one that runs, four that are finished, one that failed; what is started is finished at once. */
export function withProfiler(answers: Answers, page: string): Answers {
  const file = (process: string, at: number) => `${process}_ITIMER_2026-11-30_10_0${at}_00.html`;
  const one = (status: string, at: number, more: object) => ({
    status,
    mode: 'ITIMER',
    triggerTime: at,
    finishedTime: at + 1000,
    duration: 30,
    ...more,
  });
  let started = false;
  return (at, request) => {
    if (at === '/jobmanager/config') return json([{ key: 'rest.profiling.enabled', value: 'true' }]);
    const [, of = ''] = /^\/(jobmanager|taskmanagers\/[^/]+)\/profiler(?:\/[^/]+)?$/.exec(at) ?? [];
    if (of === '') return answers(at, request);
    const process = of === 'jobmanager' ? 'JobManager' : decodeURIComponent(of.slice('taskmanagers/'.length));
    if (!at.endsWith('/profiler')) return { headers: { 'content-type': 'text/plain' }, body: page };
    if (request.method === 'POST') started = true;
    if (request.method === 'POST') return json(one('RUNNING', 9_000_000, { finishedTime: null, message: null, outputFile: null }));
    const finished = [...(started ? [9] : []), 5, 4, 3, 2].map((nth) =>
      one('FINISHED', nth * 1_000_000, { message: 'Profiling Successful', outputFile: file(process, nth) }),
    );
    const failed = one('FAILED', 1_000_000, { mode: 'CPU', message: 'Start profiler failed. No access to perf events.' });
    return json({ profilingList: [one('RUNNING', 6_000_000, { finishedTime: null, message: null, outputFile: null }), ...finished, failed] });
  };
}

/** The answers of a real cluster, as the lab keeps them (`npm run lab -- --live --out`). */
export function clusterAnswers(version: string): Answers {
  const answers = JSON.parse(readFileSync(`test/fixtures/clusters/${version}.json`, 'utf8')) as Record<string, unknown>;
  return (at) => (Object.hasOwn(answers, at) ? json(answers[at]) : null);
}

/** The answers of a real History Server over what the job has left behind (`npm run lab -- --live --out`). */
export function historyAnswers(version: string): Answers {
  const file = path.join(process.env['LOGJAM_ROOT'] ?? '.', `test/fixtures/clusters/history/${version}.json`);
  const answers = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  return (at) => (Object.hasOwn(answers, at) ? json(answers[at]) : errors(404, 'File not found.'));
}

/** A cluster of 1,000 TaskManagers with a job of 500 vertices, in the shapes of a real one. */
export function largeAnswers(): { answers: Answers; job: string } {
  const id = (at: number) => at.toString(16).padStart(32, '0');
  const job = id(7);
  const vertices = Array.from({ length: 500 }, (_, at) => ({ id: id(at + 1000), name: `vertex ${at}`, parallelism: 200, status: 'RUNNING' }));
  const taskmanagers = Array.from({ length: 1000 }, (_, at) => ({
    id: `10.0.0.${at}:6122-${at}`,
    slotsNumber: 100,
    freeSlots: at % 2,
    timeSinceLastHeartbeat: Date.now(),
  }));
  const answers: Answers = (at) => {
    if (at === '/config') return json({ 'flink-version': '2.3.0' });
    if (at === '/jobs/overview') return json({ jobs: [{ jid: job, name: 'a large job', state: 'RUNNING', 'start-time': 1, duration: 1e9 }] });
    if (at === `/jobs/${job}`) return json({ jid: job, state: 'RUNNING', vertices });
    if (at === '/taskmanagers') return json({ taskmanagers });
    return at.includes('/metrics') ? json([{ id: 'numRestarts', value: '3' }]) : null;
  };
  return { answers, job };
}

/** Of `/jobs/:jobid`, what is needed here. */
interface Job {
  jid: string;
  name: string;
  state: string;
  'start-time': number;
  'end-time': number;
  duration: number;
  vertices: { id: string }[];
}

/** The answers that a recording of the lab holds; what the lab did not ask for is made of what it did. */
export function recordingAnswers(recording: string): Answers {
  // In an editor under test the project is elsewhere.
  const folder = path.join(process.env['LOGJAM_ROOT'] ?? '.', 'test/fixtures/flink', recording);
  const has = (name: string) => existsSync(path.join(folder, name));
  const text = (name: string) => readFileSync(path.join(folder, name), 'utf8');
  const file = (name: string): Reply | null => (has(name) ? { headers: { 'content-type': 'application/json' }, body: text(name) } : null);
  const version = (JSON.parse(text('recording.json')) as { flink: string }).flink;
  const job = JSON.parse(text('job.json')) as Job;
  const row = {
    jid: job.jid,
    name: job.name,
    state: job.state,
    'start-time': job['start-time'],
    'end-time': job['end-time'],
    duration: job.duration,
  };
  const told = has('taskmanager.log') ? /Starting TaskManager with ResourceID: (\S+)/.exec(text('taskmanager.log'))?.[1] : undefined;
  const listed = has('taskmanagers.json')
    ? (JSON.parse(text('taskmanagers.json')) as { taskmanagers: { id: string }[] }).taskmanagers[0]?.id
    : undefined;
  const taskManager = listed ?? told ?? 'localhost:40000-abcdef';
  const logsOf = (process: string) => readdirSync(folder).filter((name) => name.startsWith(process) && /\.(?:log|out)$/.test(name));
  const logList = (process: string) => json({ logs: logsOf(process).map((name) => ({ name, size: Buffer.byteLength(text(name)), mtime: 1 })) });
  const logText = (name: string): Reply | null =>
    /^[\w.-]+$/.test(name) && has(name) ? { headers: { 'content-type': 'text/plain' }, body: text(name) } : null;
  const ofJob = `/jobs/${job.jid}`;
  const fixed: Record<string, () => Reply | null> = {
    '/config': () =>
      file('config.json') ?? json({ 'refresh-interval': 3000, 'timezone-name': 'UTC', 'timezone-offset': 0, 'flink-version': version, features: {} }),
    '/overview': () => file('overview.json') ?? json({ taskmanagers: 1, 'slots-total': 4, 'slots-available': 2, 'flink-version': version }),
    '/jobs/overview': () => json({ jobs: [row] }),
    '/taskmanagers': () => file('taskmanagers.json') ?? json({ taskmanagers: [{ id: taskManager, slotsNumber: 4, freeSlots: 2 }] }),
    '/jobmanager/config': () => file('jobmanager-config.json') ?? json([]),
    '/jobmanager/logs': () => logList('jobmanager'),
    '/jobmanager/thread-dump': () => file('jobmanager-thread-dump.json'),
    [ofJob]: () => file('job.json'),
    [`${ofJob}/plan`]: () => file('plan.json'),
    [`${ofJob}/exceptions`]: () => file('exceptions.json'),
    [`${ofJob}/checkpoints`]: () =>
      file('checkpoints.json') ?? json({ counts: { restored: 0, total: 0, in_progress: 0, completed: 0, failed: 0 }, history: [] }),
    [`${ofJob}/checkpoints/config`]: () => file('checkpoints-config.json'),
    [`/taskmanagers/${encodeURIComponent(taskManager)}`]: () => json({ id: taskManager, slotsNumber: 4, freeSlots: 2, allocatedSlots: [] }),
    [`/taskmanagers/${encodeURIComponent(taskManager)}/logs`]: () => logList('taskmanager'),
    [`/taskmanagers/${encodeURIComponent(taskManager)}/thread-dump`]: () => file('taskmanager-thread-dump.json'),
  };
  const numbered = (vertex: string) => job.vertices.findIndex(({ id }) => id === vertex) + 1;
  return (at) => {
    const [name = ''] = at.split('?');
    const answer = fixed[name]?.();
    if (answer != null) return answer;
    const vertex = /^\/jobs\/\w+\/vertices\/(\w+)(\/.*)?$/.exec(name);
    if (vertex !== null) {
      const names: Record<string, string> = { '': 'vertex', '/backpressure': 'backpressure', '/subtasks/metrics': 'metrics' };
      const what = names[vertex[2] ?? ''];
      return what === undefined ? json([]) : file(`${what}-${numbered(vertex[1] ?? '')}.json`);
    }
    const checkpoint = /\/checkpoints\/details\/(\d+)(?:\/subtasks\/(\w+))?$/.exec(name);
    if (checkpoint !== null)
      return file(`checkpoint-${checkpoint[1]}${checkpoint[2] === undefined ? '' : `-vertex-${numbered(checkpoint[2])}`}.json`);
    const log = /\/logs\/([^/]+)$/.exec(name);
    return log === null ? null : logText(decodeURIComponent(log[1] as string));
  };
}
