import { table } from '../../../../../common/table.ts';
import type { Cause } from '../../analysis/log/failureModel.ts';
import type { GcCase } from '../../analysis/log/gcModel.ts';
import { memoryAdvice, shortageText } from '../../rules/log/memoryWords.ts';
import { frameText } from '../digest/thinFrames.ts';
import { documentsIn, type Joined } from '../joined.ts';
import { failureEvidence, lineAt, roots } from './firstFailure.ts';
import { type Conclusion, type Evidence, type IncidentRule, PLATFORM, placeIn } from './rule.ts';

/** Lines of "Final TaskExecutor Memory configuration" that size a pool. */
const SIZED_BY = table<RegExp>({
  heap: /Task Heap/i,
  direct: /Task Off-?heap/i,
  metaspace: /Metaspace/i,
  managed: /Managed/i,
  network: /Network/i,
});

/** Memory that ran out: which pool, what the process was given of it, the collections before, and who allocated. */
export const memoryExhausted: IncidentRule = {
  code: 'memory-exhausted',
  check: (joined) => {
    const { log } = joined;
    const [first] = roots(joined);
    if (log === null) return [];
    return log.memory.slice(0, 3).map((verdict, index): Conclusion => {
      const { event, pool } = verdict;
      const exception = event.exception === null ? undefined : log.log.exceptions[event.exception];
      const frame = exception?.chain.flatMap(({ frames }) => frames).find(({ className, file }) => file !== null && !PLATFORM.test(className));
      // The first failure is told by the same record, or by the other side's at the same moment.
      const isCause =
        first !== undefined &&
        (event.record === first.first.record ||
          (event.time !== null && first.first.time !== null && isAround(first.first.time - event.time)) ||
          isShortage(first.first.cause));
      const given = log.log.process.memory.find(({ name }) => SIZED_BY[pool]?.test(name) === true);
      const evidence: Evidence[] = [
        { code: 'failure', facts: { text: shortageText(verdict) }, at: lineAt(log, verdict.line) },
        ...(isCause ? failureEvidence(log, first).slice(0, 1) : []),
        ...(given === undefined ? sizeIn(joined, pool) : [{ code: 'memory' as const, facts: { name: given.name, bytes: given.bytes }, at: null }]),
        ...log.gcCases.flatMap(collectionsBefore),
      ];
      return {
        cause: {
          code: 'memory-exhausted',
          facts: {
            pool,
            task: isCause && first.first.failed.code === 'task' ? first.first.failed.facts.name : null,
            process: writerOf(lineAt(log, verdict.line)?.source ?? ''),
            at: frame === undefined ? null : `${frame.className.replace(/^.*\./, '')}.${frame.method}${place(frameText(frame))}`,
          },
        },
        certainty: verdict.certainty,
        rank: (isCause ? 80 : 50) - index / 10,
        evidence,
        since: event.time,
        knownIssue: verdict.bug?.applies === 'yes' ? verdict.bug.key : null,
        advice: memoryAdvice(verdict),
      };
    });
  },
};

/** How flink-daemon.sh names what a process writes: flink-USER-DAEMON-ID-HOST.out. */
const OF_DAEMON =
  /(?:^|\/)flink-[^/]{1,100}?-(?<daemon>taskexecutor|standalonesession|standalonejob)-\d{1,6}-(?<host>[^/]{1,253})\.(?:out|log)(?:\.\d{1,4})?$/;

function writerOf(file: string): { taskManager: boolean; host: string } | null {
  const { daemon, host } = OF_DAEMON.exec(file)?.groups ?? {};
  return host === undefined ? null : { taskManager: daemon === 'taskexecutor', host };
}

/** How the document of a TaskManager calls the pools. */
const POOL_FIELDS = table<string>({
  heap: 'taskHeap',
  direct: 'taskOffHeap',
  metaspace: 'jvmMetaspace',
  managed: 'managedMemory',
  network: 'networkMemory',
});

/** The size of a pool by the TaskManagers' document, where it is the same for all of them. */
function sizeIn(joined: Joined, pool: string): Evidence[] {
  const field = POOL_FIELDS[pool];
  if (field === undefined) return [];
  const told = documentsIn(joined, 'taskmanagers').flatMap(({ taskManagers, source }) =>
    taskManagers.flatMap(({ memory, line }) => (memory[field] === undefined ? [] : [{ bytes: memory[field], at: placeIn(source, line) }])),
  );
  const [first] = told;
  if (first === undefined || told.some(({ bytes }) => bytes !== first.bytes)) return [];
  return [{ code: 'memory', facts: { name: field, bytes: first.bytes }, at: first.at }];
}

/** What is thrown where memory is not to be had. */
const SHORTAGE = /(?:^|\.)(?:OutOfMemoryError|Memory(?:Reservation|Allocation)Exception)$/;

const isShortage = (cause: Cause | null): boolean =>
  cause?.code === 'out-of-memory' || (cause?.code === 'exception' && SHORTAGE.test(cause.facts.root.className));

/** Memory runs out before something fails of it; the other side may print that failure a little earlier. */
const isAround = (laterMs: number): boolean => laterMs > -1000 && laterMs < 5000;

const place = (text: string): string => ` ${text.slice(text.lastIndexOf('('))}`;

function collectionsBefore({ subject, verdict, conclusion }: GcCase): Evidence[] {
  if (subject.code !== 'memory' || verdict !== 'confirmed' || conclusion.code !== 'answered') return [];
  return conclusion.facts.answers.flatMap((answer) =>
    answer.code === 'full-collections' ? [{ code: 'event' as const, facts: { id: 'full-collections', text: answer.facts.source }, at: null }] : [],
  );
}
