import { CALLS, type CallName, isHistoryServer, isIn, OLDEST, type ProfilerName, type Subject } from '../../../server/src/cluster/calls.ts';
import type { ClusterClient } from '../../../server/src/cluster/client.ts';
import { CallFailed } from '../../../server/src/cluster/errors.ts';
import { isEnded } from '../../../server/src/cluster/jobStates.ts';
import { restartsIn } from '../../../server/src/cluster/moments.ts';
import { type Row, rowsIn } from '../../../server/src/cluster/rows.ts';
import { FAULTS } from '../../../server/src/cluster/words.ts';
import { compareVersions, readVersion } from '../../../server/src/core/flinkVersion.ts';
import { capital, say } from '../../../server/src/core/wording.ts';
import { type ClusterNode, messageBelow, type NodeIcon, type NodeKind, nodeBelow } from './nodes.ts';
import { isSwitchedOff, profilesBelow } from './profilerNodes.ts';
import { TREE } from './words.ts';

/** The tree of one cluster without an editor: what is asked when a node is opened, and what the nodes say. */

/** States of jobs and vertices as the Web UI colours them. */
const STATES: Readonly<Record<string, NodeIcon>> = Object.assign(Object.create(null), {
  RUNNING: { name: 'play-circle', color: 'charts.green' },
  FINISHED: { name: 'pass', color: 'charts.blue' },
  FAILED: { name: 'error', color: 'charts.red' },
  FAILING: { name: 'error', color: 'charts.red' },
  RESTARTING: { name: 'sync', color: 'charts.orange' },
  INITIALIZING: { name: 'loading', color: 'charts.orange' },
  CANCELED: { name: 'circle-slash', color: 'disabledForeground' },
  CANCELLING: { name: 'circle-slash', color: 'charts.orange' },
  SUSPENDED: { name: 'debug-pause', color: 'charts.orange' },
} satisfies Record<string, NodeIcon>);

const UNKNOWN_STATE: NodeIcon = { name: 'circle-outline' };
const FAULT: NodeIcon = { name: 'error', color: 'charts.red' };

/** The JobManager keeps what it knows of jobs for 3 s, and metrics for 10 s: sooner it answers the same. In ms. */
const FRESH: Partial<Record<CallName, number>> = { load: 10_000, jobMetrics: 10_000 };
const FRESH_OTHERS = 3000;
/** Of a job with more vertices the load is asked for when a vertex is opened. */
const MAX_LOADS = 40;
/** Nodes below one. */
const MAX_NODES = 2000;
/** A subtask is the worst where it is busy for so much more of its time than all of them on average. */
const SKEW = 0.4;

type Metrics = Readonly<Record<string, { max: number | null; avg: number | null }>>;

const text = (row: Row, key: string): string => (typeof row[key] === 'string' ? row[key] : '');
const amount = (row: Row, key: string): number | null => (typeof row[key] === 'number' && Number.isFinite(row[key]) ? row[key] : null);

export class ClusterTree {
  readonly id: string;
  readonly #cluster: { name: string; url: string };
  readonly #connect: () => Promise<ClusterClient>;
  readonly #now: () => number;
  readonly #kept = new Map<string, { at: number; answer: Promise<unknown> }>();
  /** Children as they were shown last: they stay while the cluster does not answer. */
  readonly #last = new Map<string, ClusterNode[]>();
  /** Of each of them the node that it is below. */
  readonly #above = new Map<string, ClusterNode>();
  version: string | null = null;
  /** It is a History Server. */
  history = false;
  /** Why the last call has no answer; null where it has one. */
  fault: string | null = null;
  #jobs: number | null = null;

  constructor(cluster: { id: string; name: string; url: string }, connect: () => Promise<ClusterClient>, now: () => number = Date.now) {
    this.id = cluster.id;
    this.#cluster = cluster;
    this.#connect = connect;
    this.#now = now;
  }

  /** What was answered is forgotten, unless it is so fresh that the cluster would answer the same. */
  refresh(): void {
    for (const [key, { at }] of this.#kept) {
      const fresh = FRESH[key.split(' ')[0] as CallName] ?? FRESH_OTHERS;
      if (this.#now() - at >= fresh) this.#kept.delete(key);
    }
  }

  get root(): ClusterNode {
    const old = this.version !== null && compareVersions(this.version, OLDEST) < 0;
    const asked = this.#jobs !== null || this.fault !== null;
    return {
      id: this.id,
      kind: 'cluster',
      label: this.#cluster.name,
      description: this.fault !== null ? TREE.noAnswer : this.#jobs === null ? '' : TREE.version(this.version, this.#jobs, this.history),
      tooltip: [this.#cluster.url, this.fault ?? (old ? TREE.tooOld(this.version ?? '') : asked ? '' : TREE.notAsked)].filter(Boolean).join('\n'),
      icon: this.fault !== null ? FAULT : old ? { name: 'warning', color: 'charts.orange' } : { name: 'server-environment' },
      call: null,
      branch: true,
    };
  }

  /** Never rejects: where there is no answer the first node says why, and those shown last stay. */
  async children(node: ClusterNode): Promise<ClusterNode[]> {
    try {
      const known = new Set<string>();
      // VS Code takes no two nodes of one id.
      const found = (await this.#below(node)).filter(({ id }) => !known.has(id) && known.add(id));
      if (node.kind === 'cluster') this.fault = null;
      for (const gone of this.#last.get(node.id) ?? []) this.#above.delete(gone.id);
      for (const one of found) this.#above.set(one.id, node);
      this.#last.set(node.id, found);
      return found;
    } catch (error) {
      const told = error instanceof Error ? error.message : String(error);
      const last = this.#last.get(node.id) ?? [];
      // That the cluster does not answer is said once, at its own node.
      if (node.kind !== 'cluster' && this.fault !== null && last.length > 0) return last;
      if (node.kind === 'cluster') this.fault = told;
      const why = error instanceof CallFailed ? capital(say(FAULTS, error.fault)) : told;
      return [{ ...messageBelow(node, why, FAULT), tooltip: told }, ...last];
    }
  }

  /** Whether a node is to be shown where a person looks for a text: it has it, what is above it has it, or what was shown below it. */
  holds(node: ClusterNode, wanted: string): boolean {
    if (!FILTERED.has(node.kind)) return true;
    const has = ({ label, tooltip }: ClusterNode): boolean => `${label}\n${tooltip}`.toLowerCase().includes(wanted);
    const below = (id: string): boolean => (this.#last.get(id) ?? []).some((one) => FILTERED.has(one.kind) && (has(one) || below(one.id)));
    for (let above: ClusterNode | undefined = node; above !== undefined; above = this.#above.get(above.id))
      if (FILTERED.has(above.kind) && has(above)) return true;
    return below(node.id);
  }

  #below(node: ClusterNode): Promise<ClusterNode[]> | ClusterNode[] {
    const subject = node.call?.subject ?? {};
    switch (node.kind) {
      case 'cluster':
        return this.#jobsOf(node);
      case 'job':
        return this.#job(node, subject);
      case 'vertex':
        return VERTEX_DOCUMENTS.filter(([name]) => isIn(name, this.version, this.history)).map(([name, label]) =>
          this.#document(node, name, subject, label),
        );
      case 'jobmanager':
        return this.#jobManager(node);
      case 'taskmanagers':
        return this.#taskManagers(node);
      case 'taskmanager':
        return this.#taskManager(node, subject);
      case 'profiler':
        return this.#profiles(node);
      default:
        return [];
    }
  }

  async #ask(name: CallName, subject: Subject = {}): Promise<unknown> {
    const key = `${name} ${JSON.stringify(subject)}`;
    const known = this.#kept.get(key);
    if (known !== undefined) return known.answer;
    const answer = this.#connect()
      .then((client) => client.ask(name, subject))
      .then((one): unknown => JSON.parse(one.text));
    this.#kept.set(key, { at: this.#now(), answer });
    // What failed is asked for again when it is wanted again.
    answer.catch(() => this.#kept.delete(key));
    return answer;
  }

  async #jobsOf(node: ClusterNode): Promise<ClusterNode[]> {
    const [dashboard, jobs] = await Promise.all([this.#ask('dashboard'), this.#ask('jobs')]);
    this.version = readVersion(text((dashboard ?? {}) as Row, 'flink-version'));
    this.history = isHistoryServer(dashboard);
    const rows = rowsIn(jobs, 'jobs');
    this.#jobs = rows.length;
    const shown = [...rows].sort(
      (a, b) => Number(hasEnded(a)) - Number(hasEnded(b)) || (amount(b, 'start-time') ?? 0) - (amount(a, 'start-time') ?? 0),
    );
    const found = shown.slice(0, MAX_NODES).map((row): ClusterNode => {
      const state = text(row, 'state');
      return {
        ...nodeBelow(node, 'job', text(row, 'jid')),
        label: text(row, 'name') || text(row, 'jid'),
        description: TREE.job(state, amount(row, 'duration')),
        tooltip: text(row, 'jid'),
        icon: STATES[state] ?? UNKNOWN_STATE,
        call: { name: 'job', subject: { job: text(row, 'jid') } },
        branch: true,
      };
    });
    return [
      ...(found.length === 0 ? [messageBelow(node, TREE.noJobs, { name: 'info' })] : found),
      ...this.#rest(node, shown.length - found.length),
      ...(this.history ? [{ ...messageBelow(node, TREE.history, { name: 'info' }), id: `${node.id}/history` }] : this.#processes(node)),
    ];
  }

  #processes(node: ClusterNode): ClusterNode[] {
    return [
      { ...nodeBelow(node, 'jobmanager', 'jobmanager'), label: TREE.labels.jobManager, icon: { name: 'server-process' }, branch: true },
      { ...nodeBelow(node, 'taskmanagers', 'taskmanagers'), label: TREE.labels.taskManagers, icon: { name: 'server' }, branch: true },
    ];
  }

  async #job(node: ClusterNode, subject: Subject): Promise<ClusterNode[]> {
    const document = await this.#ask('job', subject);
    const vertices = rowsIn(document, 'vertices').filter((row) => text(row, 'id') !== '');
    const runs = !hasEnded((document ?? {}) as Row);
    const shown = vertices.slice(0, MAX_NODES);
    const loads = await Promise.all(
      shown.map((row) =>
        runs && vertices.length <= MAX_LOADS ? this.#ask('load', { ...subject, vertex: text(row, 'id') }).catch(() => null) : null,
      ),
    );
    const restarts = runs ? restartsIn(await this.#ask('jobMetrics', subject).catch(() => null)) : null;
    return [
      ...(restarts !== null && restarts > 0 ? [messageBelow(node, TREE.restarts(restarts), { name: 'sync', color: 'charts.orange' as const })] : []),
      ...shown.map((row, index) => this.#vertex(node, subject, row, metricsIn(loads[index]))),
      ...this.#rest(node, vertices.length - shown.length),
      ...JOB_DOCUMENTS.map(([name, label]) => this.#document(node, name, subject, label)),
    ];
  }

  #vertex(node: ClusterNode, subject: Subject, row: Row, metrics: Metrics): ClusterNode {
    const state = text(row, 'status');
    const share = (name: string, of: 'max' | 'avg'): number | null => {
      const value = metrics[name]?.[of];
      return value == null ? null : value / 1000;
    };
    const [busy, average] = [share('busyTimeMsPerSecond', 'max'), share('busyTimeMsPerSecond', 'avg')];
    const pressed = share('backPressuredTimeMsPerSecond', 'max');
    const skewed = busy !== null && average !== null && (amount(row, 'parallelism') ?? 1) > 1 && busy - average > SKEW;
    const hot = (busy ?? 0) > 0.9;
    return {
      ...nodeBelow(node, 'vertex', text(row, 'id')),
      label: text(row, 'name') || text(row, 'id'),
      description: [state === 'RUNNING' ? '' : state, TREE.load(busy, pressed), skewed ? TREE.skew : ''].filter(Boolean).join(', '),
      tooltip: text(row, 'id'),
      icon: state === 'RUNNING' && hot ? { name: 'flame', color: 'charts.red' } : (STATES[state] ?? UNKNOWN_STATE),
      call: { name: 'vertex', subject: { ...subject, vertex: text(row, 'id') } },
      branch: true,
    };
  }

  async #jobManager(node: ClusterNode): Promise<ClusterNode[]> {
    const logs = await this.#logs(node, 'jobManagerLogs', 'jobManagerLog', {});
    const dump = isIn('jobManagerDump', this.version) ? [this.#dump(node, 'jobManagerDump', {})] : [];
    return [
      ...dump,
      ...this.#profiler(node, 'jobManagerProfiles', {}),
      this.#document(node, 'configuration', {}, TREE.labels.configuration),
      this.#document(node, 'overview', {}, TREE.labels.overview),
      ...logs,
    ];
  }

  async #taskManagers(node: ClusterNode): Promise<ClusterNode[]> {
    const rows = rowsIn(await this.#ask('taskManagers'), 'taskmanagers').filter((row) => text(row, 'id') !== '');
    return [
      ...rows.slice(0, MAX_NODES).map((row): ClusterNode => {
        const [slots, free] = [amount(row, 'slotsNumber'), amount(row, 'freeSlots')];
        // Called "time since", it is the time itself.
        const heard = amount(row, 'timeSinceLastHeartbeat');
        const silent = heard === null ? 0 : this.#now() - heard;
        return {
          ...nodeBelow(node, 'taskmanager', text(row, 'id')),
          label: text(row, 'id'),
          description: [slots === null || free === null ? '' : TREE.slots(slots - free, slots), silent > SILENT ? TREE.heard(silent) : '']
            .filter(Boolean)
            .join(', '),
          icon: silent > SILENT ? { name: 'warning', color: 'charts.orange' } : { name: 'server-process' },
          call: { name: 'taskManager', subject: { taskManager: text(row, 'id') } },
          branch: true,
        };
      }),
      ...this.#rest(node, rows.length - MAX_NODES),
    ];
  }

  async #taskManager(node: ClusterNode, subject: Subject): Promise<ClusterNode[]> {
    const logs = await this.#logs(node, 'taskManagerLogs', 'taskManagerLog', subject);
    return [
      this.#dump(node, 'taskManagerDump', subject),
      this.#document(node, 'taskManager', subject, TREE.labels.memory),
      ...this.#profiler(node, 'taskManagerProfiles', subject),
      ...logs,
    ];
  }

  #profiler(node: ClusterNode, name: ProfilerName, subject: Subject): ClusterNode[] {
    if (!isIn(name, this.version)) return [];
    return [
      { ...nodeBelow(node, 'profiler', 'profiler'), label: TREE.labels.profiler, icon: { name: 'pulse' }, call: { name, subject }, branch: true },
    ];
  }

  async #profiles(node: ClusterNode): Promise<ClusterNode[]> {
    const { name, subject } = node.call ?? {};
    if (name === undefined) return [];
    try {
      return profilesBelow(node, await this.#ask(name, subject));
    } catch (error) {
      if (!isSwitchedOff(error)) throw error;
      return [messageBelow(node, TREE.noProfiler, { name: 'info' })];
    }
  }

  async #logs(node: ClusterNode, list: CallName, name: CallName, subject: Subject): Promise<ClusterNode[]> {
    const rows = rowsIn(await this.#ask(list, subject), 'logs').filter((row) => text(row, 'name') !== '');
    if (rows.length === 0) return [messageBelow(node, TREE.noLogs, { name: 'info' })];
    return rows.slice(0, MAX_NODES).map((row) => {
      const size = amount(row, 'size');
      return {
        ...nodeBelow(node, 'log', text(row, 'name')),
        label: text(row, 'name'),
        description: size === null ? '' : TREE.log(size),
        icon: { name: 'output' },
        call: { name, subject: { ...subject, log: text(row, 'name') } },
        ...(size === null ? {} : { size }),
      };
    });
  }

  #document(parent: ClusterNode, name: CallName, subject: Subject, label: string): ClusterNode {
    return { ...nodeBelow(parent, 'document', name), label, call: { name, subject } };
  }

  #dump(parent: ClusterNode, name: CallName, subject: Subject): ClusterNode {
    return { ...nodeBelow(parent, 'dump', name), label: TREE.labels.dump, icon: { name: 'list-tree' }, call: { name, subject } };
  }

  #rest(parent: ClusterNode, count: number): ClusterNode[] {
    return count > 0 ? [{ ...messageBelow(parent, TREE.more(count), { name: 'ellipsis' }), id: `${parent.id}/more` }] : [];
  }
}

/** A heartbeat comes every 10 s. */
const SILENT = 30_000;

/** What there are many of. */
const FILTERED: ReadonlySet<NodeKind> = new Set(['job', 'vertex', 'taskmanager', 'log']);

const { labels } = TREE;
const VERTEX_DOCUMENTS: readonly [CallName, string][] = [
  ['vertex', labels.vertex],
  ['backPressure', labels.backPressure],
  ['load', labels.load],
  ['watermarks', labels.watermarks],
  ['flameGraph', labels.flameGraph],
];
const JOB_DOCUMENTS: readonly [CallName, string][] = [
  ['exceptions', labels.exceptions],
  ['checkpoints', labels.checkpoints],
  ['checkpointConfig', labels.checkpointConfig],
  ['job', labels.job],
  ['plan', labels.plan],
  ['jobConfig', labels.jobConfig],
];

const hasEnded = (row: Row): boolean => isEnded(row['state']);

/** `[{id, max, avg}]` by id. */
function metricsIn(document: unknown): Metrics {
  const rows = Array.isArray(document) ? (document as Row[]) : [];
  return Object.assign(
    Object.create(null),
    Object.fromEntries(rows.map((row) => [text(row, 'id'), { max: amount(row, 'max'), avg: amount(row, 'avg') }])),
  );
}

/** Whether all threads of a process stand still for a document. */
export const stops = ({ call }: ClusterNode): boolean => call !== null && CALLS[call.name].cost === 'stops';
