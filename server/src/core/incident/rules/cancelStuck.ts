import { lineAt, roots } from './firstFailure.ts';
import { type Evidence, type IncidentRule, taskOf, textFact, told } from './rule.ts';

/** The end of the TaskManager that the watchdog brings about (TaskCancelerWatchDog). */
const WATCHDOG = /did not exit gracefully within/;

/** A task that does not end when it is cancelled: its thread, and the watchdog that ends the TaskManager for it. */
export const cancelStuck: IncidentRule = {
  code: 'cancel-stuck',
  check: (joined) => {
    const { findings, log } = joined;
    const shown = findings.find(({ id }) => id === 'task-is-being-cancelled');
    const said = log?.findings.find(({ id }) => id === 'stuck-cancellation');
    if (said === undefined && shown === undefined) return [];
    const killed = log?.log.events.find(({ id }) => id === 'watchdog-kill');
    const first = log?.log.events.find(({ id }) => id === 'cancel-stuck');
    const evidence: Evidence[] = shown === undefined ? [] : [told(shown)];
    if (log !== null && said !== undefined && first !== undefined)
      evidence.push({ code: 'failure', facts: { text: said.message }, at: lineAt(log, first.line) });
    if (log !== null && killed !== undefined)
      evidence.push({ code: 'event', facts: { id: 'watchdog-kill', text: '' }, at: lineAt(log, killed.line) });
    const at = said === undefined ? null : textFact(said, 'own', 'at');
    const root = roots(joined).find(({ first: { cause } }) => !(cause?.code === 'exception' && WATCHDOG.test(cause.facts.root.message)));
    const failedBefore = root?.first.time != null && (first?.time == null || root.first.time < first.time);
    return [
      {
        cause: {
          code: 'cancel-stuck',
          facts: {
            task: taskOf(shown === undefined ? textFact(said ?? { facts: {} }, 'task') : textFact(shown, 'thread')),
            at: at || (shown === undefined ? '' : textFact(shown, 'at')) || null,
            killed: killed !== undefined,
          },
        },
        certainty: said === undefined ? 'suspected' : 'proved',
        // A dump alone shows that it is being cancelled, as after every failure; and what failed first led to the cancellation.
        rank: said === undefined ? 44 : failedBefore ? 74.5 : 85,
        evidence,
        since: first?.time ?? null,
        knownIssue: null,
        advice: [...(said?.advice ?? []), ...(shown?.advice ?? [])],
      },
    ];
  },
};
