import { subtaskLabel, transitionFaults } from '../../log/executions.ts';
import { type Draft, finding } from '../../model.ts';
import { type LogRule, MAX_FINDINGS } from './types.ts';
import { attemptName, TRANSITIONS } from './words.ts';

export const illegalTransition: LogRule = {
  id: 'illegal-state-transition',
  title: 'A state change that Flink does not make, or one that is missing',
  severity: 'warning',
  docs: `Each execution attempt is followed as a state machine, apart for what the JobManager and what the TaskManager prints. A switch out of a final state (FINISHED, CANCELED, FAILED) or between states that have no edge means mixed-up files, two attempts under one id, or a damaged log.

A switch that does not start from the state before means that records are missing between the two: the log was filtered, rotated away or cut.`,
  check(analysis) {
    const findings: Draft[] = [];
    for (const { execution, state, kind, expected } of transitionFaults(analysis.log.executions)) {
      if (findings.length >= MAX_FINDINGS) break;
      const change = execution.states[state];
      if (change === undefined) continue;
      const label = subtaskLabel(execution);
      const name = attemptName(execution.task ?? execution.id, label);
      const before = execution.states.slice(0, state).findLast((one) => one.side === change.side);
      findings.push(
        finding(kind === 'illegal' ? illegalTransition : { ...illegalTransition, severity: 'info' }, {
          message:
            kind === 'illegal'
              ? TRANSITIONS.illegal({ name, from: change.from, to: change.to })
              : TRANSITIONS.gap({ name, from: change.from, expected }),
          facts: { kind, task: execution.task ?? execution.id, subtask: label, from: change.from, to: change.to, expected },
          span: change.span,
          certainty: 'proved',
          related: before === undefined ? [] : [{ message: `Before: ${before.from} to ${before.to}`, span: before.span }],
        }),
      );
    }
    return findings;
  },
};
