import { subtaskLabel, transitionFaults } from '../../log/executions.ts';
import type { StateChange } from '../../log/model.ts';
import { type Draft, finding } from '../../model.ts';
import { type LogRule, MAX_FINDINGS } from './types.ts';
import { attemptName, LOG_NOTES, TRANSITIONS } from './words.ts';

export const illegalTransition: LogRule = {
  id: 'illegal-state-transition',
  title: 'A state change that Flink does not make, or one that is missing',
  severity: 'warning',
  docs: `Each execution attempt is followed as a state machine, apart for what the JobManager and what the TaskManager prints. A switch out of a final state (FINISHED, CANCELED, FAILED) or between states that have no edge means mixed-up files, two attempts under one id, or a damaged log.

A switch that does not start from the state before means that records are missing between the two: the log was filtered, rotated away or cut.`,
  check(analysis) {
    const { executions } = analysis.log;
    const groups = new Map<string, Fault[]>();
    for (const fault of transitionFaults(executions)) {
      const change = fault.execution.states[fault.state];
      if (change === undefined) continue;
      const key = `${fault.kind} ${change.from} ${fault.kind === 'illegal' ? change.to : fault.expected}`;
      const same = groups.get(key);
      if (same === undefined) groups.set(key, [{ ...fault, change }]);
      else same.push({ ...fault, change });
    }
    return [...groups.values()].slice(0, MAX_FINDINGS).map(told);
  },
};

const MAX_RELATED = 20;

type Fault = ReturnType<typeof transitionFaults>[number] & { change: StateChange };

const nameOf = ({ execution }: Fault): string => attemptName(execution.task ?? execution.id, subtaskLabel(execution));

function told(faults: readonly Fault[]): Draft {
  const first = faults[0] as Fault;
  const { execution, state, kind, expected, change } = first;
  const { from, to } = change;
  const count = faults.length;
  const before = execution.states.slice(0, state).findLast((one) => one.side === change.side);
  return finding(kind === 'illegal' ? illegalTransition : { ...illegalTransition, severity: 'info' }, {
    message:
      kind === 'illegal'
        ? TRANSITIONS.illegal({ name: nameOf(first), from, to, count })
        : TRANSITIONS.gap({ name: nameOf(first), from, expected, count }),
    facts: { kind, task: execution.task ?? execution.id, subtask: subtaskLabel(execution), from, to, expected, count },
    span: change.span,
    certainty: 'proved',
    related: [
      ...(before === undefined ? [] : [{ message: LOG_NOTES.before(before.from, before.to), span: before.span }]),
      ...faults.slice(1, 1 + MAX_RELATED).map((one) => ({ message: nameOf(one), span: one.change.span })),
    ],
  });
}
