import type { LogAnalysis } from '../../analysis/log/model.ts';
import { subtaskLabel } from '../../log/executions.ts';
import { formatStamp } from '../../log/time.ts';
import { causeText, classText } from '../../rules/log/words.ts';

/** Members of lists that are written out; a summary is read by programs and people, not a copy of the log. */
const MAX = 10_000;

export interface LogSummary {
  records: number;
  levels: Record<string, number>;
  exceptionGroups: { root: string; chain: string[]; count: number; lines: number[] }[];
  executions: {
    task: string | null;
    subtask: string | null;
    attempt: number | null;
    id: string | null;
    states: { from: string; to: string; time: string | null; line: number }[];
    end: string | null;
  }[];
  firstFailure: { line: number; task: string | null; subtask: string | null; cause: string | null } | null;
}

/** The summary of the command line's contract. Lines are 0-based. */
export function logSummary(analysis: LogAnalysis): LogSummary {
  const { log, groups, failures } = analysis;
  const dated = log.clock === 'epoch';
  const first = failures.first;
  const execution = first?.execution == null ? undefined : log.executions[first.execution];
  return {
    records: log.recordCount,
    levels: { ...log.levels },
    exceptionGroups: groups.slice(0, MAX).map((group) => ({
      root: classText(group.root),
      chain: group.chain.map(classText),
      count: group.members.length,
      lines: group.members.slice(0, MAX).map((one) => one.line),
    })),
    executions: log.executions.slice(0, MAX).map((one) => ({
      task: one.task,
      subtask: subtaskLabel(one),
      attempt: one.attempt,
      id: one.id,
      states: one.states.map((state) => ({
        from: state.from,
        to: state.to,
        time: state.time === null ? null : formatStamp(state.time, dated),
        line: state.line,
      })),
      end: one.end,
    })),
    firstFailure:
      first === null
        ? null
        : {
            line: first.line,
            task: execution?.task ?? null,
            subtask: execution === undefined ? null : subtaskLabel(execution),
            cause: first.cause === null ? null : causeText(first.cause),
          },
  };
}
