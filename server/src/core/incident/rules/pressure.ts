import type { IncidentPlace } from '../../../../../common/incident.ts';
import type { TaskThread } from '../digest/model.ts';
import { documentsIn, type Joined, type JoinedDump, vertexOf } from '../joined.ts';
import { type Conclusion, type Evidence, type IncidentRule, placeIn, repeated } from './rule.ts';
import { sampledIn } from './sampled.ts';

/** A producer is held up from this share of its time on, or of its threads. */
const HELD_UP = 0.5;

/** The first vertex of a chain of back-pressure that is not held up itself. */
export interface Pressure {
  task: string;
  /** Where its threads are in all dumps; null where they differ, or no dump shows them. */
  at: string | null;
  /** What they wait for there outside of their own code, where it is the same for all. */
  what: string | null;
  external: boolean;
  busy: number | null;
  dumps: number;
  evidence: Evidence[];
}

interface VertexLoad {
  name: string;
  heldUp: boolean;
  /** Of the dumps: its threads, dump by dump. */
  threads: { dump: JoinedDump; thread: TaskThread }[];
  /** It is at work, by its figures or its threads. */
  works: boolean;
  /** Neither figures nor threads tell: they wait for input or for buffers alike. */
  unclear: boolean;
  /** Where its figures stand. */
  at: IncidentPlace | null;
  busy: number | null;
  backPressured: number | null;
}

/** Null where nothing is held up, or it does not show by what. */
export function pressure(joined: Joined): Pressure | null {
  const loads = loadsOf(joined);
  const heldUp = [...loads.values()].filter((one) => one.heldUp);
  const sign = heldUp.length === 0 ? signOfPressure(joined) : null;
  if (heldUp.length === 0 && sign === null) return null;
  const culprits = (heldUp.length === 0 ? null : firstAtWork(joined, heldUp, loads)) ?? [...loads.values()].filter((one) => !one.heldUp && one.works);
  const [culprit] = culprits;
  // Of several nobody knows which one it is.
  if (culprit === undefined || culprits.length > 1) return null;
  const sampled = sampledIn(joined, culprit.name);
  const shownAt = commonPlace(culprit.threads.map(({ thread }) => thread));
  const at = shownAt ?? (sampled === null ? null : { at: sampled.at, what: null, external: false });
  const dumps = new Set(culprit.threads.map(({ dump }) => dump)).size;
  const shown = culprit.threads.find(({ thread }) => (thread.user ?? thread.external) !== null) ?? culprit.threads[0];
  const evidence: Evidence[] = sign === null ? [] : [sign];
  for (const { name, backPressured, threads, at: place } of heldUp.slice(0, 1)) {
    const first = threads.find(({ thread }) => thread.activity === 'back-pressured');
    evidence.push({
      code: 'load',
      facts: { task: name, busy: null, backPressured },
      at: first === undefined ? place : placeIn(first.dump.source, first.thread.line),
    });
  }
  if (shown !== undefined)
    evidence.push({
      code: 'thread',
      facts: { thread: shown.thread.thread, activity: shown.thread.activity, at: at?.at ?? shown.thread.user ?? shown.thread.external, dumps },
      at: placeIn(shown.dump.source, shown.thread.line),
    });
  if (sampled !== null) evidence.push({ code: 'sampled', facts: { task: culprit.name, at: sampled.at, share: sampled.share }, at: sampled.place });
  if (culprit.busy !== null) evidence.push({ code: 'load', facts: { task: culprit.name, busy: culprit.busy, backPressured: null }, at: culprit.at });
  return { task: culprit.name, at: at?.at ?? null, what: at?.what ?? null, external: at?.external ?? false, busy: culprit.busy, dumps, evidence };
}

/** In-flight data from which on buffers have been full, in bytes. */
const FULL = 64 * 1024;

/** That something is held up, by a document that does not say which vertex it is about, or by what unaligned checkpoints had to keep. */
export function signOfPressure(joined: Joined): Evidence | null {
  const high = documentsIn(joined, 'back-pressure').find((document) => document.level === 'high' && vertexOf(joined, document) === null);
  if (high !== undefined) return { code: 'some-pressure', facts: {}, at: placeIn(high.source, high.line) };
  for (const { history, source } of documentsIn(joined, 'checkpoints')) {
    const full = history.find(({ persistedData }) => (persistedData ?? 0) >= FULL);
    if (full !== undefined)
      return { code: 'in-flight', facts: { checkpoint: full.id, bytes: full.persistedData ?? 0 }, at: placeIn(source, full.line) };
  }
  return null;
}

/** What is held up most, by its figures or its threads, where that is more than a trifle. */
export function heldUpMost(joined: Joined): { task: string; evidence: Evidence } | null {
  const share = ({ backPressured, heldUp }: VertexLoad) => backPressured ?? (heldUp ? 1 : 0);
  const [most] = [...loadsOf(joined).values()].sort((a, b) => share(b) - share(a));
  if (most === undefined || share(most) < SOME) return null;
  const thread = most.threads.find(({ thread: { activity } }) => activity === 'back-pressured');
  const at = most.at ?? (thread === undefined ? null : placeIn(thread.dump.source, thread.thread.line));
  return { task: most.name, evidence: { code: 'load', facts: { task: most.name, busy: null, backPressured: most.backPressured }, at } };
}

/** Ids of the vertices of which a document of back pressure, or of metrics, tells how much of their time they are held up. */
export function measuredVertices(joined: Joined): Set<string> {
  const found = new Set<string>();
  for (const document of documentsIn(joined, 'back-pressure')) {
    const vertex = vertexOf(joined, document);
    if (vertex !== null && document.subtasks.length > 0 && document.subtasks.every(({ ratio }) => ratio !== null)) found.add(vertex.id);
  }
  for (const document of documentsIn(joined, 'metrics')) {
    const vertex = vertexOf(joined, document);
    if (vertex !== null && shareIn(document.metrics, 'backPressuredTimeMsPerSecond') !== null) found.add(vertex.id);
  }
  return found;
}

/** How each vertex fares, by the figures of plans and documents and by the dumps. */
function loadsOf(joined: Joined): Map<string, VertexLoad> {
  const { dumps, plans } = joined;
  const loads = new Map<string, VertexLoad>();
  const load = (name: string): VertexLoad => {
    const known = loads.get(name) ?? { name, heldUp: false, threads: [], works: false, unclear: false, at: null, busy: null, backPressured: null };
    loads.set(name, known);
    return known;
  };
  for (const { vertices, source, format } of plans)
    if (format === 'rest-job' || format === 'rest-plan')
      for (const { name, busy, backPressured, line } of vertices) {
        const one = load(name);
        if (busy === null && backPressured === null) continue;
        one.at ??= placeIn(source, line);
        one.busy ??= busy;
        one.backPressured ??= backPressured;
      }
  for (const document of documentsIn(joined, 'back-pressure')) {
    const vertex = vertexOf(joined, document);
    if (vertex === null || document.subtasks.length === 0) continue;
    const one = load(vertex.name);
    one.at = placeIn(document.source, document.line);
    one.busy = highest(document.subtasks.map(({ busy }) => busy)) ?? one.busy;
    one.backPressured = highest(document.subtasks.map(({ ratio }) => ratio)) ?? one.backPressured;
  }
  for (const document of documentsIn(joined, 'metrics')) {
    const vertex = vertexOf(joined, document);
    if (vertex === null) continue;
    const one = load(vertex.name);
    one.at ??= placeIn(document.source, document.line);
    one.busy ??= shareIn(document.metrics, 'busyTimeMsPerSecond');
    one.backPressured ??= shareIn(document.metrics, 'backPressuredTimeMsPerSecond');
  }
  for (const dump of dumps) for (const thread of dump.tasks) if (thread.role === 'task') load(thread.task).threads.push({ dump, thread });
  for (const one of loads.values()) {
    const { threads, busy, backPressured } = one;
    const share = (wanted: (activity: string) => boolean) =>
      threads.filter(({ thread }) => wanted(thread.activity)).length / Math.max(1, threads.length);
    const undecided = threads.length === 0 || share((activity) => activity === 'undecidable') > HELD_UP;
    one.heldUp = undecided ? (backPressured ?? 0) >= HELD_UP : share((activity) => activity === 'back-pressured') >= HELD_UP;
    one.works = !one.heldUp && (undecided ? (busy ?? 0) >= AT_WORK : share((activity) => AT_WORK_BY_THREAD.has(activity)) >= HELD_UP);
    one.unclear = !one.heldUp && !one.works && undecided && busy === null;
  }
  return loads;
}

/** Of a metric that counts ms of a second, over all subtasks the most. */
const shareIn = (metrics: readonly { id: string; value: number | null; max: number | null }[], name: string): number | null => {
  const most = highest(metrics.flatMap(({ id, value, max }) => (id === name || id.endsWith(`.${name}`) ? [max ?? value] : [])));
  return most === null ? null : most / 1000;
};

const highest = (shares: readonly (number | null)[]): number | null => {
  const known = shares.filter((share) => share !== null);
  return known.length === 0 ? null : Math.max(...known);
};

/** What is held up for this share of its time hands it on. */
const SOME = 0.1;
/** A vertex is at work from this share of its time on. */
const AT_WORK = 0.6;
const AT_WORK_BY_THREAD: ReadonlySet<string> = new Set(['busy', 'external', 'waiting', 'blocked', 'state', 'memory']);

/** From what is held up down the plan, past vertices that do not show how they are, to the first that is at work. Null without a plan. */
function firstAtWork({ plans }: Joined, heldUp: readonly VertexLoad[], loads: ReadonlyMap<string, VertexLoad>): VertexLoad[] | null {
  const names = new Set(heldUp.map(({ name }) => name));
  const plan = plans.find(({ vertices, edges }) => edges.length > 0 && vertices.some(({ name }) => names.has(name)));
  if (plan === undefined) return null;
  const found = new Set<VertexLoad>();
  const open = plan.vertices.flatMap(({ name }, index) => (names.has(name) ? [index] : []));
  const seen = new Set(open);
  for (let at = 0; at < open.length; at++) {
    for (const [from, to] of plan.edges) {
      if (from !== open[at] || seen.has(to)) continue;
      seen.add(to);
      const consumer = loads.get(plan.vertices[to]?.name ?? '');
      if (consumer?.works === true) found.add(consumer);
      else if (consumer === undefined || consumer.unclear || (consumer.backPressured ?? 0) >= SOME) open.push(to);
    }
  }
  return [...found];
}

/** The user's or a library's frame that most of the threads are in. */
function commonPlace(threads: readonly TaskThread[]): { at: string; what: string | null; external: boolean } | null {
  const counts = new Map<string, { count: number; external: boolean }>();
  for (const { user, external, activity } of threads) {
    const at = user ?? external;
    if (at === null) continue;
    const known = counts.get(at) ?? { count: 0, external: activity === 'external' || (external !== null && user !== null) };
    known.count++;
    counts.set(at, known);
  }
  const [best] = [...counts].sort(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1));
  if (best === undefined || best[1].count * 2 < threads.length) return null;
  const there = threads.filter(({ user, external }) => (user ?? external) === best[0]).map(({ does }) => does ?? null);
  const [what = null] = there;
  return { at: best[0], what: there.every((one) => one === what) ? what : null, external: best[1].external };
}

/** Producers wait for buffers, and one vertex after them is why. */
export const backPressure: IncidentRule = {
  code: 'back-pressure',
  check: (joined) => {
    const found = pressure(joined);
    if (found === null) return [];
    const { task, at, what, busy, external, dumps, evidence } = found;
    return [
      {
        cause: { code: 'back-pressure', facts: { task, at, what, busy, external } },
        certainty: 'suspected',
        rank: 52 + repeated(dumps),
        evidence,
        since: joined.dumps[0]?.at ?? null,
        knownIssue: null,
        advice: [],
      },
    ];
  },
};

/** One subtask has so many times the records of the one in the middle: its keys are not spread. */
const SKEWED = 3;

/** Of a vertex that holds up others one subtask alone is at work, or has most of the records. */
export const skewedKey: IncidentRule = {
  code: 'skewed-key',
  check: (joined) => {
    const loads = loadsOf(joined);
    if (![...loads.values()].some(({ heldUp }) => heldUp)) return [];
    return [...byRecords(joined), ...byLoad(joined), ...byThreads(joined, loads)];
  },
};

/** What the document of a vertex counts, subtask by subtask. */
function byRecords(joined: Joined): Conclusion[] {
  return documentsIn(joined, 'vertex').flatMap(({ name, subtasks, source, line }): Conclusion[] => {
    const rows = subtasks.filter(({ readRecords }) => readRecords !== null).sort((a, b) => (b.readRecords ?? 0) - (a.readRecords ?? 0));
    const [first] = rows;
    const middle = rows[Math.floor(rows.length / 2)]?.readRecords ?? 0;
    const all = rows.reduce((sum, { readRecords }) => sum + (readRecords ?? 0), 0);
    if (name === null || first === undefined || rows.length < 2 || all < ENOUGH_RECORDS || (first.readRecords ?? 0) < SKEWED * Math.max(1, middle))
      return [];
    const share = (busyMs: number | null, idleMs: number | null, pressedMs: number | null) => {
      const total = (busyMs ?? 0) + (idleMs ?? 0) + (pressedMs ?? 0);
      return busyMs === null || total === 0 ? null : busyMs / total;
    };
    const busy = share(first.busyMs, first.idleMs, first.backPressuredMs);
    const others = rows.slice(1).map((row) => share(row.busyMs, row.idleMs, row.backPressuredMs) ?? 0);
    if (busy !== null && busy < AT_WORK) return [];
    const threads = joined.dumps.flatMap(({ tasks }) => tasks.filter(({ task, subtask }) => task === name && subtask === first.subtask + 1));
    return [
      {
        cause: { code: 'skewed-key', facts: { task: name, subtask: first.subtask + 1, at: commonPlace(threads)?.at ?? null } },
        certainty: 'suspected',
        rank: 59,
        evidence: [
          { code: 'records', facts: { task: name, subtask: first.subtask + 1, records: first.readRecords ?? 0, all }, at: placeIn(source, line) },
          ...(busy === null
            ? []
            : [{ code: 'share' as const, facts: { task: name, subtask: first.subtask + 1, busy, others: Math.max(...others) }, at: null }]),
        ],
        since: null,
        knownIssue: null,
        advice: [],
      },
    ];
  });
}

/** Others of the vertex work for at most this share of their time. */
const AT_REST = 0.4;

/** What the document of back-pressure measures, subtask by subtask. */
function byLoad(joined: Joined): Conclusion[] {
  return documentsIn(joined, 'back-pressure').flatMap((document): Conclusion[] => {
    const vertex = vertexOf(joined, document);
    const rows = document.subtasks.filter(({ busy }) => busy !== null).sort((a, b) => (b.busy ?? 0) - (a.busy ?? 0));
    const [first, second] = rows;
    if (vertex === null || first === undefined || second === undefined) return [];
    if ((first.busy ?? 0) < 2 * AT_REST || (second.busy ?? 0) > AT_REST) return [];
    const subtask = first.subtask + 1;
    const threads = joined.dumps.flatMap(({ tasks }) => tasks.filter((thread) => thread.task === vertex.name && thread.subtask === subtask));
    return [
      {
        cause: { code: 'skewed-key', facts: { task: vertex.name, subtask, at: commonPlace(threads)?.at ?? null } },
        certainty: 'suspected',
        rank: 58.5,
        evidence: [
          {
            code: 'share',
            facts: { task: vertex.name, subtask, busy: first.busy ?? 0, others: second.busy ?? 0 },
            at: placeIn(document.source, first.line),
          },
        ],
        since: document.end,
        knownIssue: null,
        advice: [],
      },
    ];
  });
}

/** Fewer say nothing of how keys are spread. */
const ENOUGH_RECORDS = 1000;

/** In dump after dump one and the same subtask alone is at work. */
function byThreads(joined: Joined, loads: ReadonlyMap<string, VertexLoad>): Conclusion[] {
  return [...loads.values()].flatMap(({ name, threads }): Conclusion[] => {
    const dumps = new Set(threads.map(({ dump }) => dump)).size;
    const working = threads.filter(({ thread }) => thread.activity === 'busy' || thread.activity === 'external' || thread.activity === 'state');
    const resting = threads.filter(({ thread }) => thread.activity === 'idle' || thread.activity === 'undecidable');
    const [first] = working;
    const subtask = first?.thread.subtask ?? null;
    const subtasks = new Set(threads.map(({ thread }) => thread.subtask)).size;
    if (first === undefined || subtask === null || subtasks < 3 || dumps < 2 || working.length !== dumps) return [];
    if (working.length + resting.length < threads.length || working.some(({ thread }) => thread.subtask !== subtask)) return [];
    return [
      {
        cause: { code: 'skewed-key', facts: { task: name, subtask, at: commonPlace(working.map(({ thread }) => thread))?.at ?? null } },
        certainty: 'suspected',
        rank: 57 + repeated(dumps),
        evidence: working.slice(0, 3).map(
          ({ dump, thread }): Evidence => ({
            code: 'thread',
            facts: { thread: thread.thread, activity: thread.activity, at: thread.user ?? thread.external, dumps },
            at: placeIn(dump.source, thread.line),
          }),
        ),
        since: joined.dumps[0]?.at ?? null,
        knownIssue: null,
        advice: [],
      },
    ];
  });
}
