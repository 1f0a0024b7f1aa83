import type { LogAnalysis } from '../../analysis/log/model.ts';
import { subtaskLabel } from '../../log/executions.ts';
import type { Execution } from '../../log/model.ts';
import { formatStamp } from '../../log/time.ts';
import { causeText, classText } from '../../rules/log/words.ts';

/** Members of lists that are written out; a summary is read by programs and people, not a copy of the log. */
const MAX_GROUPS = 500;
const MAX_LINES = 100;
const MAX_EXECUTIONS = 1000;
const MAX_STATES = 50;

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
  /** What is not written out: groups, lines of those that are, execution attempts (those that failed are kept first) and their states. */
  left: { exceptionGroups: number; lines: number; executions: number; states: number };
  firstFailure: { line: number; task: string | null; subtask: string | null; cause: string | null } | null;
}

/** The summary of the command line's contract. Lines are 0-based. */
export function logSummary(analysis: LogAnalysis): LogSummary {
  const { log, groups, failures } = analysis;
  const dated = log.clock === 'epoch';
  const first = failures.first;
  const shownGroups = groups.slice(0, MAX_GROUPS);
  const shown = worthShowing(log.executions);
  const execution = first?.execution == null ? undefined : log.executions[first.execution];
  return {
    records: log.recordCount,
    levels: { ...log.levels },
    exceptionGroups: shownGroups.map((group) => ({
      root: classText(group.root),
      chain: group.chain.map(classText),
      count: group.members.length,
      lines: group.members.slice(0, MAX_LINES).map((one) => one.line),
    })),
    executions: shown.map((one) => ({
      task: one.task,
      subtask: subtaskLabel(one),
      attempt: one.attempt,
      id: one.id,
      states: one.states.slice(0, MAX_STATES).map((state) => ({
        from: state.from,
        to: state.to,
        time: state.time === null ? null : formatStamp(state.time, dated),
        line: state.line,
      })),
      end: one.end,
    })),
    left: {
      exceptionGroups: groups.length - shownGroups.length,
      lines: sum(shownGroups, ({ members }) => Math.max(0, members.length - MAX_LINES)),
      executions: log.executions.length - shown.length,
      states: sum(shown, ({ states }) => Math.max(0, states.length - MAX_STATES)),
    },
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

/** In their order; where there are too many those that failed go first. */
function worthShowing(executions: readonly Execution[]): Execution[] {
  if (executions.length <= MAX_EXECUTIONS) return [...executions];
  const failed = executions.filter(({ end }) => end === 'FAILED').slice(0, MAX_EXECUTIONS);
  const kept = new Set(failed);
  for (const one of executions) {
    if (kept.size >= MAX_EXECUTIONS) break;
    kept.add(one);
  }
  return executions.filter((one) => kept.has(one));
}

const sum = <T>(list: readonly T[], of: (one: T) => number): number => list.reduce((total, one) => total + of(one), 0);
