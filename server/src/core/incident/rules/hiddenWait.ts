import { roleOf } from '../../analysis/threaddump/roles.ts';
import type { FindingGroup } from '../joined.ts';
import { lastFailure } from './firstFailure.ts';
import { type Conclusion, dumpTime, type IncidentRule, numberFact, repeated, taskOf, textFact, told } from './rule.ts';

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
      const others = found.filter((other) => other !== group).slice(0, 2);
      return {
        cause: {
          code: 'hidden-wait',
          facts: {
            task: textFact(group, 'task') || whoseThread(textFact(group, 'holder', 'thread', 'first', 'pool')),
            at: textFact(group, 'at'),
            for: group.id === 'read-lock-upgrade' ? 'write-lock' : textFact(group, 'for') || 'other',
            holds: lockOf(group),
            subtasks: numberFact(group, 'threads'),
            parallelism: numberFact(group, 'parallelism'),
          },
        },
        certainty: group.certainty,
        // A wait that may be an everyday one is none in dump after dump.
        rank:
          (soft ? (group.sources.length > 1 ? 55 : 40) : later ? 76 : 70) +
          repeated(group.sources.length) +
          (group.id === 'lock-holder-waits' ? 1 : 0),
        evidence: [told(group), ...others.map(told)],
        since,
        knownIssue: group.knownIssue,
        advice: group.advice,
      };
    });
  },
};

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
