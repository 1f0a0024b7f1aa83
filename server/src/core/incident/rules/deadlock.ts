import { dumpTime, type IncidentRule, taskOf, textFact, told } from './rule.ts';

const CODES: ReadonlySet<string> = new Set(['deadlock', 'class-init-deadlock', 'read-lock-deadlock']);

/** Threads that wait for each other: what nobody can end is the verdict, whatever else there is. */
export const deadlock: IncidentRule = {
  code: 'deadlock',
  check: (joined) =>
    joined.findings
      .filter(({ id }) => CODES.has(id))
      .map((group) => {
        const threads = namesIn(group.facts['threads']);
        const bug = joined.findings.find(({ id, facts }) => id === 'known-issue' && namesIn(facts['threads']).some((name) => threads.includes(name)));
        return {
          cause: { code: 'deadlock', facts: { threads: threads.map(taskOf), kind: textFact(group, 'kind') } },
          certainty: group.certainty,
          rank: group.certainty === 'proved' ? 100 : 90,
          evidence: [told(group), ...(bug === undefined ? [] : [told(bug)])],
          since: dumpTime(joined, group),
          knownIssue: bug?.knownIssue ?? group.knownIssue,
          advice: [...(bug?.advice ?? []), ...group.advice],
        };
      }),
};

const namesIn = (fact: unknown): string[] => (Array.isArray(fact) ? fact.map(String) : []);
