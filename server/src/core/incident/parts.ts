import { commonFolder } from '../../../../common/virtual.ts';
import { compare } from './digest/merge.ts';
import type { Digest, SourceDigest, ThinExecution } from './digest/model.ts';
import { type LogSource, nameOf } from './logs.ts';
import { processesOf } from './processes.ts';

/** A job whose id is always this one tells nothing (ApplicationDispatcherBootstrap with high availability, up to 1.19). */
const FIXED_JOB = /^0+$/;

/**
 * Sources of clusters that have nothing in common, each by itself: no id of a job, of an execution or of a TaskManager stands in
 * the files of both. What names none of these goes where it certainly belongs: a dump to the log of its threads, all else to the
 * one part whose folder it is in. Where anything is left over, all is one incident: it may be what joins them.
 */
export function partsOf(digest: Digest): Digest[] {
  const sources = [...digest.sources].sort((a, b) => compare(nameOf(a), nameOf(b)) || compare(a.id, b.id));
  const keys = new Map(sources.map((source) => [source, keysOf(source)] as const));
  const keysIn = (source: SourceDigest): readonly string[] => keys.get(source) ?? [];
  const named = sources.filter((source) => keysIn(source).length > 0);
  const parts = joinedBy(named, keysIn);
  const hasJob = (part: readonly SourceDigest[]) => part.some((source) => keysIn(source).some((key) => key.startsWith(JOB)));
  if (parts.length < 2 || !parts.every(hasJob)) return [digest];
  const folders = parts.map((part) => commonFolder(part.map(nameOf)));
  const { processes } = processesOf(
    sources,
    sources.filter((source): source is LogSource => source.kind === 'flink-log'),
  );
  const owners = new Map(processes.flatMap(({ logs, dumps, gc }) => [...dumps, ...gc].map((source) => [source.id, logs] as const)));
  const rest = sources.filter((source) => keysIn(source).length === 0);
  const added = rest.map((source) => {
    const logs = owners.get(source.id) ?? [];
    const fits = (part: readonly SourceDigest[], folder: string) =>
      logs.length > 0 ? logs.some((log) => part.includes(log)) : folder !== '' && nameOf(source).startsWith(folder);
    return parts.flatMap((part, index) => (fits(part, folders[index] ?? '') ? [index] : []));
  });
  if (added.some((fitting) => fitting.length !== 1)) return [digest];
  return parts.map((part, index) => {
    const own = [...part, ...rest.filter((_, at) => added[at]?.[0] === index)];
    return { ...digest, sources: own.sort((a, b) => compare(a.id, b.id)), counted: index === 0 ? digest.counted : [] };
  });
}

const JOB = 'job ';

/** What stands in no other cluster's files. */
function keysOf(source: SourceDigest): string[] {
  const jobs = (ids: readonly (string | null)[]) => ids.flatMap((id) => (id === null || FIXED_JOB.test(id) ? [] : [JOB + id]));
  switch (source.kind) {
    case 'flink-log':
      return [...jobs(source.body.jobs.map(({ id }) => id)), ...source.body.executions.flatMap(keysOfExecution)];
    case 'job-graph':
      return jobs(source.body.plans.map(({ jobId }) => jobId));
    case 'rest-document':
      return jobs([...source.body.plans.plans.map(({ jobId }) => jobId), ...source.body.documents.map(({ subject }) => subject.job)]);
    default:
      return [];
  }
}

const keysOfExecution = ({ id, location }: ThinExecution): string[] => [
  ...(id === null ? [] : [`execution ${id}`]),
  ...(location === null ? [] : [`process ${location.split(' @ ')[0]}`]),
];

/** Groups of what shares a key, directly or through others; in the order of their first members. */
function joinedBy<T>(items: readonly T[], keysIn: (item: T) => readonly string[]): T[][] {
  const before = items.map((_, index) => index);
  const rootOf = (index: number): number => {
    let at = index;
    while (before[at] !== at) at = before[at] as number;
    return at;
  };
  const firstWith = new Map<string, number>();
  for (const [index, item] of items.entries())
    for (const key of keysIn(item)) {
      const [one, other] = [rootOf(firstWith.get(key) ?? index), rootOf(index)];
      before[Math.max(one, other)] = Math.min(one, other);
      if (!firstWith.has(key)) firstWith.set(key, index);
    }
  const groups = new Map<number, T[]>();
  for (const [index, item] of items.entries()) groups.set(rootOf(index), [...(groups.get(rootOf(index)) ?? []), item]);
  return [...groups.values()];
}
