/** A standalone session cluster on loopback: one JobManager, some TaskManagers, each its own process. */
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { atExit, run, sleep, start, stop, until } from './processes.ts';
import type { Replacement } from './recordings.ts';
import type { Job } from './rest.ts';
import { type Distribution, distribution, jdkTool } from './toolchain.ts';
import { JAVA_OPTIONS, versionOf } from './versions.ts';

/** The layout of conf/log4j.properties in every Flink since 1.11. */
const LOG4J = `rootLogger.level = INFO
rootLogger.appenderRef.file.ref = MainAppender
appender.main.name = MainAppender
appender.main.type = File
appender.main.append = true
appender.main.fileName = \${sys:log.file}
appender.main.layout.type = PatternLayout
appender.main.layout.pattern = %d{yyyy-MM-dd HH:mm:ss,SSS} %-5p %-60c %x - %m%n
logger.netty.name = org.jboss.netty.channel.DefaultChannelPipeline
logger.netty.level = OFF
`;

const TASK_MANAGER = 'org.apache.flink.runtime.taskexecutor.TaskManagerRunner';
const JOB_MANAGER = 'org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint';

/** Sizes in MiB of a TaskManager that is small but complete. */
const MEMORY = { taskHeap: 96, frameworkHeap: 64, taskOffHeap: 0, frameworkOffHeap: 128, network: 16, managed: 16, metaspace: 128 };

export interface ClusterOptions {
  /** 1 */
  taskManagers?: number;
  /** Of each TaskManager; 4. */
  slots?: number;
  /** More settings of Flink, by their keys. */
  conf?: Record<string, string | number>;
  /** Sizes that differ from MEMORY. */
  memory?: Partial<typeof MEMORY>;
  /** More flags of their JVMs. */
  taskManagerFlags?: string[];
  /** Whether ended jobs are kept for the History Server. */
  archive?: boolean;
  /** High availability with a ZooKeeper of its own. */
  zooKeeper?: boolean;
  /** Plugins of our jar (META-INF/services) are there for the cluster itself. */
  plugins?: boolean;
  /** The JobManager cannot start: it is waited for its end. */
  endsAtStart?: boolean;
}

/** A JobManager or TaskManager, and the paths of what it writes. */
export interface ServerProcess {
  name: string;
  child: ChildProcess;
  out: string;
  log: string;
  gc: string;
}

/** A port of loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export class Cluster {
  readonly version: string;
  readonly processes: ServerProcess[] = [];
  readonly #options: Required<ClusterOptions> & { memory: typeof MEMORY };
  readonly #distribution: Distribution;
  readonly #home: string;
  readonly #removeHome: () => void;
  #restPort = 0;
  #zooKeeperPort = 0;
  #zooKeeper: ChildProcess | null = null;

  /** Starts a cluster and waits until every TaskManager has registered. */
  static async start(version: string, options: ClusterOptions = {}): Promise<Cluster> {
    const cluster = new Cluster(version, options, await distribution(version, versionOf(version)));
    try {
      await cluster.#boot();
    } catch (error) {
      await cluster.close();
      throw error;
    }
    return cluster;
  }

  private constructor(
    version: string,
    {
      taskManagers = 1,
      slots = 4,
      conf = {},
      memory = {},
      taskManagerFlags = [],
      archive = false,
      zooKeeper = false,
      endsAtStart = false,
      plugins = false,
    }: ClusterOptions,
    built: Distribution,
  ) {
    this.version = version;
    this.#options = { taskManagers, slots, conf, memory: { ...MEMORY, ...memory }, taskManagerFlags, archive, zooKeeper, endsAtStart, plugins };
    this.#home = mkdtempSync(join(tmpdir(), 'logjam-flink-'));
    this.#distribution = built;
    this.#removeHome = () => rmSync(this.#home, { recursive: true, force: true, maxRetries: 5 });
    atExit(this.#removeHome);
  }

  async #boot(): Promise<void> {
    const { taskManagers, slots, conf } = this.#options;
    for (const folder of ['conf', 'log', 'tmp', 'archive']) mkdirSync(join(this.#home, folder));
    this.#restPort = await freePort();
    if (this.#options.zooKeeper) await this.#startZooKeeper();
    const settings = {
      ...(this.#options.archive && { 'jobmanager.archive.fs.dir': `file://${this.archive}` }),
      'jobmanager.rpc.address': 'localhost',
      'jobmanager.rpc.port': await freePort(),
      'jobmanager.bind-host': 'localhost',
      'jobmanager.memory.process.size': '768m',
      'taskmanager.host': 'localhost',
      'taskmanager.bind-host': 'localhost',
      'taskmanager.numberOfTaskSlots': slots,
      'rest.address': 'localhost',
      'rest.bind-address': 'localhost',
      'rest.port': this.#restPort,
      'io.tmp.dirs': join(this.#home, 'tmp'),
      'web.upload.dir': join(this.#home, 'tmp'),
      'metrics.fetcher.update-interval': 1000,
      'heartbeat.interval': 2000,
      'heartbeat.timeout': 10000,
      ...(this.#options.zooKeeper && this.#highAvailability()),
      ...conf,
    };
    const lines = Object.entries(settings).map(([key, value]) => `${key}: ${value}\n`);
    writeFileSync(join(this.#home, 'conf', versionOf(this.version).config), lines.join(''));
    writeFileSync(join(this.#home, 'conf', 'log4j.properties'), LOG4J);

    this.#launch(
      'standalonesession',
      'jobmanager',
      JOB_MANAGER,
      ['-Xmx256m', '-Xms256m', '-XX:MaxMetaspaceSize=192m'],
      ['--executionMode', 'cluster'],
    );
    if (this.#options.endsAtStart) {
      await until('the JobManager to end', () => this.jobManager.child.exitCode !== null, 120_000);
      return;
    }
    for (let i = 1; i <= taskManagers; i++) this.startTaskManager(i);
    await until(
      `${taskManagers} TaskManagers of Flink ${this.version}`,
      async () => {
        for (const each of this.processes) {
          if (each.child.exitCode !== null)
            throw new Error(`${each.name} ended:\n${readFileSync(each.out, 'utf8').slice(-2000)}\n${this.#tail(each)}`);
        }
        const overview = await this.get<{ taskmanagers: number }>('/overview').catch(() => null);
        return overview?.taskmanagers === taskManagers;
      },
      120_000,
    );
  }

  get jobManager(): ServerProcess {
    return this.#named('jobmanager');
  }

  /** By its number, from 1. */
  taskManager(number = 1): ServerProcess {
    return this.#named(`taskmanager-${number}`);
  }

  #named(name: string): ServerProcess {
    const found = this.processes.find((each) => each.name === name);
    if (found === undefined) throw new Error(`there is no ${name}`);
    return found;
  }

  startTaskManager(number: number): void {
    const m = this.#options.memory;
    const heap = m.taskHeap + m.frameworkHeap;
    const direct = m.taskOffHeap + m.frameworkOffHeap + m.network;
    const resources = {
      'taskmanager.memory.network.min': m.network,
      'taskmanager.memory.network.max': m.network,
      'taskmanager.memory.framework.off-heap.size': m.frameworkOffHeap,
      'taskmanager.memory.framework.heap.size': m.frameworkHeap,
      'taskmanager.memory.managed.size': m.managed,
      'taskmanager.memory.task.heap.size': m.taskHeap,
      'taskmanager.memory.task.off-heap.size': m.taskOffHeap,
    };
    // what bin/taskmanager.sh computes and passes on the command line
    const dynamic = Object.entries(resources).flatMap(([key, mib]) => ['-D', `${key}=${mib * 1024 * 1024}b`]);
    this.#launch(
      'taskexecutor',
      `taskmanager-${number}`,
      TASK_MANAGER,
      [
        '-XX:+UseG1GC',
        `-Xmx${heap}m`,
        `-Xms${heap}m`,
        `-XX:MaxDirectMemorySize=${direct}m`,
        `-XX:MaxMetaspaceSize=${m.metaspace}m`,
        ...this.#options.taskManagerFlags,
      ],
      [
        ...dynamic,
        '-D',
        'taskmanager.cpu.cores=1.0',
        '-D',
        'taskmanager.memory.jvm-metaspace.size=134217728b',
        '-D',
        'taskmanager.memory.jvm-overhead.min=201326592b',
        '-D',
        'taskmanager.memory.jvm-overhead.max=201326592b',
      ],
    );
  }

  #launch(kind: string, name: string, main: string, flags: string[], args: string[]): void {
    const stem = join(this.#home, 'log', `flink-flink-${kind}-0-${name}`);
    const out = openSync(`${stem}.out`, 'w');
    const child = start(
      jdkTool('java'),
      [
        ...flags,
        ...JAVA_OPTIONS,
        `-Xlog:gc*:file=${stem}-gc.log:time,uptime,level,tags`,
        `-Dlog.file=${stem}.log`,
        `-Dlog4j.configuration=file:${join(this.#home, 'conf', 'log4j.properties')}`,
        `-Dlog4j.configurationFile=file:${join(this.#home, 'conf', 'log4j.properties')}`,
        '-classpath',
        this.classPath,
        main,
        '--configDir',
        join(this.#home, 'conf'),
        ...args,
      ],
      { stdio: ['ignore', out, out], cwd: this.#home, env: { PATH: process.env.PATH, TZ: 'UTC', LANG: 'C.UTF-8', USER: 'flink' } },
    );
    this.processes.push({ name, child, out: `${stem}.out`, log: `${stem}.log`, gc: `${stem}-gc.log` });
  }

  /** Sessions end soon, so that a lost one shows within seconds. */
  #highAvailability(): Record<string, string | number> {
    return {
      [this.version.startsWith('1.13') ? 'high-availability' : 'high-availability.type']: 'zookeeper',
      'high-availability.zookeeper.quorum': `localhost:${this.#zooKeeperPort}`,
      'high-availability.storageDir': `file://${join(this.#home, 'ha')}`,
      'high-availability.zookeeper.client.session-timeout': 5000,
      'high-availability.zookeeper.client.connection-timeout': 3000,
      'high-availability.zookeeper.client.retry-wait': 500,
    };
  }

  /** The ZooKeeper that comes with Flink. */
  async #startZooKeeper(): Promise<void> {
    this.#zooKeeperPort = await freePort();
    const configuration = join(this.#home, 'conf', 'zoo.cfg');
    writeFileSync(
      configuration,
      `tickTime=1000\ndataDir=${join(this.#home, 'zookeeper')}\nclientPort=${this.#zooKeeperPort}\nadmin.enableServer=false\nserver.1=localhost:2888:3888\n`,
    );
    const out = openSync(join(this.#home, 'log', 'zookeeper.out'), 'a');
    this.#zooKeeper = start(
      jdkTool('java'),
      [
        '-Xmx64m',
        '-classpath',
        this.classPath,
        'org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer',
        '--zkConfigFile',
        configuration,
        '--peerId',
        '1',
      ],
      { stdio: ['ignore', out, out], cwd: this.#home, env: { PATH: process.env.PATH, TZ: 'UTC', LANG: 'C.UTF-8' } },
    );
  }

  async stopZooKeeper(): Promise<void> {
    if (this.#zooKeeper !== null) await stop(this.#zooKeeper);
  }

  #tail(process_: ServerProcess): string {
    return existsSync(process_.log) ? readFileSync(process_.log, 'utf8').slice(-3000) : '';
  }

  /** Of its REST API. */
  get url(): string {
    return `http://127.0.0.1:${this.#restPort}`;
  }

  /** @returns the parsed body. @throws on any status but 2xx */
  async get<T>(path: string): Promise<T> {
    return JSON.parse(await this.text(path)) as T;
  }

  async text(path: string, init: RequestInit = {}): Promise<string> {
    const response = await fetch(`${this.url}${path}`, { ...init, signal: AbortSignal.timeout(60_000) });
    const body = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${body.slice(0, 1500)}`);
    return body;
  }

  /** Uploads the jar with our jobs and runs one of them, from a savepoint where one is given. @returns the job's id */
  submit(entryClass: string, args: string[], savepointPath?: string): Promise<string> {
    return this.submitJar(this.#distribution.jobs, { entryClass, programArgsList: args, ...(savepointPath !== undefined && { savepointPath }) });
  }

  /** The same of any jar. @param request as `/jars/:jarid/run` takes it */
  async submitJar(
    jar: string,
    request: { entryClass?: string; programArgsList: string[]; parallelism?: number; savepointPath?: string },
  ): Promise<string> {
    const form = new FormData();
    form.append('jarfile', new Blob([readFileSync(jar)]), basename(jar));
    const { filename } = JSON.parse(await this.text('/jars/upload', { method: 'POST', body: form })) as { filename: string };
    const { jobid } = JSON.parse(
      await this.text(`/jars/${basename(filename)}/run`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request),
      }),
    ) as { jobid: string };
    return jobid;
  }

  async cancel(job: string): Promise<void> {
    await this.text(`/jobs/${job}?mode=cancel`, { method: 'PATCH' });
  }

  /** Stops a job with a savepoint. @returns where that is */
  async stopWithSavepoint(job: string): Promise<string> {
    const asked = await this.text(`/jobs/${job}/stop`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ targetDirectory: `file://${join(this.#home, 'savepoints')}`, drain: false }),
    });
    const trigger = (JSON.parse(asked) as { 'request-id': string })['request-id'];
    return until('the savepoint', async () => {
      const { operation } = await this.get<{ operation?: { location?: string } }>(`/jobs/${job}/savepoints/${trigger}`);
      return operation?.location;
    });
  }

  /** Waits for one of the job states. @returns the state */
  async state(job: string, wanted: string[], timeoutMs = 90_000): Promise<string> {
    return until(
      `job to be ${wanted.join(' or ')}`,
      async () => {
        const { state } = await this.get<Job>(`/jobs/${job}`);
        return wanted.includes(state) && state;
      },
      timeoutMs,
    );
  }

  /** Waits until every vertex runs. */
  async running(job: string): Promise<void> {
    await until('all tasks running', async () => {
      const { vertices } = await this.get<Job>(`/jobs/${job}`);
      return vertices.every((vertex) => vertex.status === 'RUNNING');
    });
  }

  /** @returns the standard output of jstack -l */
  async jstack(process_: ServerProcess): Promise<string> {
    return (await run(jdkTool('jstack'), ['-l', String(process_.child.pid)])).stdout;
  }

  async jcmd(process_: ServerProcess, ...command: string[]): Promise<string> {
    return (await run(jdkTool('jcmd'), [String(process_.child.pid), ...command])).stdout;
  }

  /** The jars of lib/, and ours where the cluster has plugins of it. */
  get classPath(): string {
    const jars = readdirSync(this.#distribution.lib).map((jar) => join(this.#distribution.lib, jar));
    return [...jars, ...(this.#options.plugins ? [this.#distribution.jobs] : [])].join(delimiter);
  }

  /** Folder of the History Server's archives. */
  get archive(): string {
    return join(this.#home, 'archive');
  }

  /** [from, to] pairs that take this machine out of a text. */
  get replacements(): Replacement[] {
    return [
      [this.#distribution.lib, '/opt/flink/lib'],
      [this.#distribution.jobs, '/opt/flink/usrlib/orders-jobs.jar'],
      [join(this.#home, 'conf'), '/opt/flink/conf'],
      [join(this.#home, 'log'), '/opt/flink/log'],
      [join(this.#home, 'tmp'), '/tmp'],
      [this.archive, '/opt/flink/archive'],
      [this.#home, '/opt/flink'],
    ];
  }

  /** Ends all processes; afterwards nothing listens and nothing is left on disk. */
  async close(): Promise<void> {
    for (const each of [...this.processes].reverse()) await stop(each.child, 'SIGKILL');
    await this.stopZooKeeper();
    await sleep(50);
    this.#removeHome();
  }
}
