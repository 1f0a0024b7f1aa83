import type { Settings } from '../../../../common/settings.ts';
import { NO_GC } from '../analysis/log/gcModel.ts';
import type { LogAnalysis } from '../analysis/log/model.ts';
import { concludeLog } from '../kinds/concludeLog.ts';
import { linePlace } from '../log/files.ts';
import type { ClockFault } from '../problems.ts';
import type { Subject } from '../rest/model/document.ts';
import type { RestDocument } from '../rest/model.ts';
import { subjectOf } from '../rest/subject.ts';
import { compare } from './digest/merge.ts';
import type { Digest, DumpDigest, FoundDigest, PlanDigest, SourceDigest, SourceOf, Thin } from './digest/model.ts';
import { restoreGc } from './digest/restoreGc.ts';
import { endedWithJob } from './endedWithJob.ts';
import { withoutGrown } from './grownLogs.ts';
import { joinedLog, type LogSource, nameOf, orderLogs } from './logs.ts';
import { type Process, processesOf, type Unjoined } from './processes.ts';

/** One dump of a process, in its place among the others. */
export interface JoinedDump extends DumpDigest {
  source: SourceOf<'thread-dump'>;
  process: Process | null;
}

/** A document of the REST API, or of what tells the same otherwise. */
export type JoinedDocument = Thin<RestDocument> & { source: SourceDigest };

/** Those of one type. */
export const documentsIn = <T extends JoinedDocument['type']>({ documents }: Joined, type: T): Extract<JoinedDocument, { type: T }>[] =>
  documents.filter((document): document is Extract<JoinedDocument, { type: T }> => document.type === type);

/** The vertex that a document is about: by its path, else by an id of a vertex in the name of its file. */
export function vertexOf({ plans }: Joined, { subject, source }: JoinedDocument): { id: string; name: string } | null {
  const named = nameOf(source);
  for (const { vertices } of plans)
    for (const { id, name } of vertices)
      if (id !== '' && (subject.vertex === null ? id.length === FULL_ID && named.includes(id) : id === subject.vertex)) return { id, name };
  return null;
}

/** Digits of the id of a vertex. */
const FULL_ID = 32;

/** The same finding in one or more sources. */
export interface FindingGroup extends FoundDigest {
  sources: SourceDigest[];
  lines: number[];
}

/** All sources of an incident, joined as far as that is certain. */
export interface Joined {
  sources: readonly SourceDigest[];
  /** Files that were meant to be read and were not. */
  unread: number;
  /** What all logs say as one; its findings and failures. Null where there is none. */
  log: LogAnalysis | null;
  /** Documents whose failures are not in it, for their times cannot be brought to its clock. */
  left: { sources: LogSource[]; fault: ClockFault } | null;
  processes: Process[];
  unjoined: Unjoined[];
  undated: LogSource[];
  dumps: JoinedDump[];
  plans: (PlanDigest['plans'][number] & { source: SourceDigest })[];
  documents: JoinedDocument[];
  /** What sources other than logs found by themselves, the same in several once. */
  findings: FindingGroup[];
}

export function join(digest: Digest, settings: Settings): Joined {
  const sources = [...digest.sources].sort((a, b) => compare(nameOf(a), nameOf(b)) || compare(a.id, b.id));
  const written = withoutGrown(sources.filter((source): source is LogSource => source.kind === 'flink-log'));
  const rest = sources.flatMap(retold);
  const { logs, undated } = orderLogs(written.length > 0 ? written : rest);
  const { processes, unjoined } = processesOf(sources, logs);
  const processOf = new Map(
    processes.flatMap((process) => [...process.logs, ...process.dumps, ...process.gc].map((source) => [source.id, process] as const)),
  );
  const ahead = (source: LogSource) => {
    const clock = processOf.get(source.id)?.ahead;
    return clock?.differs === true ? clock.ms : 0;
  };
  const read = logs.length === 0 ? null : joinedLog(logs, written.length > 0 ? rest : [], ahead);
  const plans = sources.flatMap((source) => plansIn(source).map((plan) => ({ ...plan, source })));
  const vertices = new Set(plans.flatMap((plan) => plan.vertices.map(({ id }) => id)));
  const documents = sources.flatMap((source) => (source.kind === 'rest-document' ? documentsOf(source, vertices) : []));
  return {
    sources,
    unread: digest.unread.filter(({ failed }) => failed).length,
    log: read === null ? null : logOf(read, sources, settings),
    left: read?.fault ? { sources: rest, fault: read.fault } : null,
    processes,
    unjoined,
    undated,
    dumps: dumpsOf(sources, processOf),
    plans,
    documents,
    findings: groups(sources.filter(({ kind }) => kind !== 'flink-log')).filter((group) => !endedWithJob(group, documents)),
  };
}

/** The process in whose log a line of the joined log stands; null where nothing tells. */
export function processAt({ log, processes }: Joined, line: number): Process | null {
  const id = log === null ? undefined : linePlace(log.files, line).file?.uri;
  return processes.find(({ logs }) => logs.some((one) => one.id === id)) ?? null;
}

/**
 * The documents of a file. The one of a file that says by its name what it is about (a snapshot repeats the paths of the API) is about
 * that, of `vertices` by their ids too; the same answer under several names is as many documents.
 */
function documentsOf(source: SourceOf<'rest-document'>, vertices: ReadonlySet<string>): JoinedDocument[] {
  const { documents } = source.body;
  const [only] = documents;
  if (only === undefined || documents.length > 1 || only.path !== null) return documents.map((document) => ({ ...document, source }));
  const subjects = source.names.map((name) => subjectOfName(name, vertices)).filter(({ job, vertex }) => job !== null || vertex !== null);
  if (subjects.length === 0) return [{ ...only, source }];
  return subjects.map((subject) => ({ ...only, subject: { ...subject, ...known(only.subject) }, source }));
}

/** People who save an answer by hand call it after its vertex: "backpressure-cbc357ccb763df2852fee8c4fc7d55f2.json". */
function subjectOfName(name: string, vertices: ReadonlySet<string>): Subject {
  const subject = subjectOf(`/${name}`);
  if (subject.vertex !== null) return subject;
  const [only, ...more] = new Set((name.match(/(?<![\da-f])[\da-f]{32}(?![\da-f])/g) ?? []).filter((id) => vertices.has(id)));
  return only === undefined || more.length > 0 ? subject : { ...subject, vertex: only };
}

/** What a document says itself goes before what the name of its file says. */
const known = (subject: Subject): Partial<Subject> => Object.fromEntries(Object.entries(subject).filter(([, value]) => value !== null));

/** The failures of a document as a log. */
function retold(source: SourceDigest): LogSource[] {
  if (source.kind !== 'rest-document' || source.body.failures === null) return [];
  return [{ ...source, kind: 'flink-log', body: source.body.failures }];
}

function plansIn(source: SourceDigest): PlanDigest['plans'] {
  if (source.kind === 'job-graph') return source.body.plans;
  return source.kind === 'rest-document' ? source.body.plans.plans : [];
}

function logOf({ log, files }: ReturnType<typeof joinedLog>, sources: readonly SourceDigest[], settings: Settings): LogAnalysis {
  const gcLogs = sources.flatMap((source) => (source.kind === 'gc-log' ? [{ gc: restoreGc(source.body), source: nameOf(source) }] : []));
  // Its places are lines of files: there is nothing that a GC log's own could be counted among.
  const analysis = concludeLog(log, settings, { uri: '', files }, gcLogs);
  return gcLogs.length === 0 ? { ...analysis, gc: NO_GC } : analysis;
}

/** Those of a process in the order of time, as printed or as the names of the files count. */
function dumpsOf(sources: readonly SourceDigest[], processOf: ReadonlyMap<string, Process>): JoinedDump[] {
  const dumps = sources.flatMap((source) =>
    source.kind === 'thread-dump' ? source.body.dumps.map((dump) => ({ ...dump, source, process: processOf.get(source.id) ?? null })) : [],
  );
  return dumps.sort(
    (a, b) =>
      compare(a.process?.name ?? '', b.process?.name ?? '') ||
      (a.at !== null && b.at !== null ? a.at - b.at : 0) ||
      compare(nameOf(a.source), nameOf(b.source)) ||
      a.line - b.line,
  );
}

/** Findings of one cause: the same code about the same threads, tasks and places. */
function groups(sources: readonly SourceDigest[]): FindingGroup[] {
  const found = new Map<string, FindingGroup>();
  for (const source of sources) {
    for (const finding of source.findings) {
      const key = keyOf(finding);
      const group = found.get(key);
      if (group === undefined) found.set(key, { ...finding, sources: [source], lines: [finding.line] });
      else {
        if (finding.certainty === 'proved' && group.certainty !== 'proved') Object.assign(group, finding);
        group.sources.push(source);
        group.lines.push(finding.line);
      }
    }
  }
  return [...found.values()];
}

/** Dumps name the same threads in any order. */
function keyOf({ code, fingerprint, facts }: FoundDigest): string {
  const { threads, kind } = facts;
  return Array.isArray(threads) ? `${code}\n${String(kind)}\n${[...threads].map(String).sort().join('\n')}` : fingerprint;
}
