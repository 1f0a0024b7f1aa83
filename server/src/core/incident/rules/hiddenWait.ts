import { simpleName } from '../../analysis/threaddump/names.ts';
import { roleOf } from '../../analysis/threaddump/roles.ts';
import type { StarvedFacts } from '../../rules/threaddump/facts.ts';
import type { FindingGroup, Joined } from '../joined.ts';
import { lastFailure, lineAt } from './firstFailure.ts';
import { type Conclusion, dumpTime, type Evidence, type IncidentRule, numberFact, repeated, taskOf, textFact, told, type WaitKind } from './rule.ts';

/** What a thread waits for that no lock shows, by the rules of dumps that find it. */
const IDS: ReadonlySet<string> = new Set([
  'lock-holder-waits',
  'task-waits-in-user-code',
  'read-lock-upgrade',
  'pool-may-wait-for-itself',
  'resource-pool-exhausted',
]);

/** Waits in user code, starved pools and blocked clients: those that all of several dumps show come first. */
export const hiddenWait: IncidentRule = {
  code: 'hidden-wait',
  check: (joined) => {
    const found = joined.findings.filter(({ id, facts }) => IDS.has(id) && facts['phase'] !== 'initialising');
    const failed = lastFailure(joined);
    return found.map((group): Conclusion => {
      const since = dumpTime(joined, group);
      const soft = group.severity === 'info' || group.severity === 'hint';
      // What failed before the dump was taken is over.
      const later = since !== null && failed !== null && since > failed;
      const starved = starvedBy(group);
      const others = found.filter((other) => other !== group).slice(0, 2);
      return {
        cause: {
          code: 'hidden-wait',
          facts: {
            task: starved?.task || textFact(group, 'task') || whoseThread(textFact(group, 'holder', 'thread', 'first', 'pool')),
            kind: kindOf(group),
            role: textFact(group, 'role') || 'task',
            endpoint: textFact(group, 'endpoint') || null,
            at: starved?.at ?? textFact(group, 'at'),
            for: group.id === 'read-lock-upgrade' ? 'write-lock' : textFact(group, 'for') || 'other',
            holds: lockOf(group),
            subtasks: starved?.threads ?? numberFact(group, 'threads'),
            parallelism: starved === null ? numberFact(group, 'parallelism') : starved.parallelism,
            decides: decides(kindOf(group), group),
          },
        },
        certainty: group.certainty,
        // A wait that may be an everyday one is none in dump after dump.
        rank:
          (soft ? (group.sources.length > 1 ? 55 : 40) : later ? 76 : 70) +
          repeated(group.sources.length) +
          (group.id === 'lock-holder-waits' ? 1 : 0),
        evidence: [told(group), ...endedBeside(joined, textFact(group, 'at')), ...others.map(told)],
        since,
        knownIssue: group.knownIssue,
        advice: group.advice,
      };
    });
  },
};

function kindOf(group: FindingGroup): WaitKind {
  const { id, facts } = group;
  if (id === 'resource-pool-exhausted') return facts['pool'] === null ? 'pool' : 'connections';
  if (id === 'pool-may-wait-for-itself') return facts['callback'] === true ? 'callback' : starvedBy(group) === null ? 'own-pool' : 'starved';
  if (id === 'read-lock-upgrade') return facts['outer'] === null ? 'upgrade-perhaps' : 'upgrade';
  if (id !== 'task-waits-in-user-code') return 'wait';
  if (typeof facts['outside'] === 'string') return 'call';
  return facts['for'] === 'connection' && !isOpening(facts['pool']) ? 'connection' : 'wait';
}

const isOpening = (pool: unknown): boolean => typeof pool === 'object' && pool !== null && 'use' in pool && pool.use === 'opening';

function decides(kind: WaitKind, group: FindingGroup): string | null {
  if (kind === 'starved') return textFact(group, 'pool');
  if (kind === 'call') return textFact(group, 'outside');
  return kind === 'connection' ? textFact(group, 'from', 'at') : null;
}

/** The first vertex that waits for a pool which waits for itself; null: the finding is of no such pool. */
function starvedBy({ id, facts }: FindingGroup): StarvedFacts | null {
  const { starved } = facts;
  return id === 'pool-may-wait-for-itself' && Array.isArray(starved) ? ((starved[0] as StarvedFacts | undefined) ?? null) : null;
}

/** Threads whose end a log tells: one of the class in which others wait was most likely to end the wait. */
function endedBeside({ log }: Joined, at: string): Evidence[] {
  const waiting = classIn(at);
  if (log === null || waiting === null) return [];
  const ended = new Map<string, Evidence>();
  for (const { id, fields, exception, line } of log.log.events) {
    const thread = fields['thread'];
    const thrown = id !== 'thread-died' || exception === null ? undefined : log.log.exceptions[exception];
    if (thread === undefined || thrown === undefined) continue;
    const root = thrown.chain.at(-1) ?? thrown.top;
    const frame = root.frames.find(({ className }) => simpleName(className) === waiting);
    if (frame === undefined) continue;
    const facts = { thread, exception: simpleName(root.className ?? '?'), at: `${waiting}.${frame.method}` };
    // Of several ends of one name, as of two processes or attempts, the latest is that of the thread that is missed.
    ended.set(thread, { code: 'thread-ended', facts, at: lineAt(log, line) });
  }
  return [...ended.values()].slice(0, MAX_ENDED);
}

const MAX_ENDED = 2;

/** "HiddenWaits$AuditBuffer" of "HiddenWaits$AuditBuffer.append (HiddenWaits.java:341)". */
const classIn = (at: string): string | null => /^([\w$]+)\.[^.\s]+(?: \(|$)/.exec(at)?.[1] ?? null;

/** The task for which a thread of a subtask or of its source works; else its own name. */
const whoseThread = (name: string): string => roleOf(name)?.task ?? taskOf(name);

/** The class of the lock that is held meanwhile. */
function lockOf({ facts }: FindingGroup): string | null {
  const { lock } = facts;
  if (typeof lock !== 'object' || lock === null || !('className' in lock)) return null;
  return typeof lock.className === 'string' ? lock.className : null;
}

/** Subtasks that stand in their initialisation: the job says that it runs, and nothing has begun. */
export const hangingInitialisation: IncidentRule = {
  code: 'hanging-initialisation',
  check: (joined) =>
    joined.findings
      .filter(({ id, facts }) => id === 'task-waits-in-user-code' && facts['phase'] === 'initialising')
      .map(
        (group): Conclusion => ({
          cause: {
            code: 'hanging-initialisation',
            facts: {
              task: textFact(group, 'task'),
              at: textFact(group, 'at'),
              subtasks: numberFact(group, 'threads') ?? 1,
              parallelism: numberFact(group, 'parallelism'),
            },
          },
          certainty: group.certainty,
          rank: 71 + repeated(group.sources.length),
          evidence: [told(group)],
          since: dumpTime(joined, group),
          knownIssue: group.knownIssue,
          advice: group.advice,
        }),
      ),
};
