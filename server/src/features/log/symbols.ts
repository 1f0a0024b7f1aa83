import { SymbolKind } from 'vscode-languageserver-types';
import type { Span } from '../../../../common/span.ts';
import type { LogAnalysis } from '../../core/analysis/log/model.ts';
import { subtaskLabel } from '../../core/log/executions.ts';
import type { Execution, StateChange } from '../../core/log/model.ts';
import { shortTask } from '../../core/log/taskNames.ts';
import { causeText, classText, failureTitle } from '../../core/rules/log/words.ts';
import { shorten } from '../../core/wording.ts';
import type { DocumentSymbol } from '../types.ts';
import type { LogDocument } from './elements.ts';
import { LOG_FEATURES, timeOf } from './words.ts';

const { symbols: WORDS } = LOG_FEATURES;

const MAX = 500;
const MAX_SWITCHES = 50;
const MAX_DETAIL_LENGTH = 120;

/** Failures, jobs, tasks with their attempts, and exceptions by group. */
export function symbols({ analysis }: LogDocument): DocumentSymbol[] {
  return [...failures(analysis), ...jobs(analysis), ...tasks(analysis), ...exceptions(analysis)];
}

function cover(children: readonly DocumentSymbol[]): Span {
  return { start: Math.min(...children.map((one) => one.span.start)), end: Math.max(...children.map((one) => one.span.end)) };
}

function folder(name: string, kind: SymbolKind, children: DocumentSymbol[], detail?: string): DocumentSymbol[] {
  const first = children[0];
  if (first === undefined) return [];
  return [{ name, kind, span: cover(children), selection: first.selection, children, ...(detail === undefined ? {} : { detail }) }];
}

function failures(analysis: LogAnalysis): DocumentSymbol[] {
  const children = analysis.failures.episodes.slice(0, MAX).map(
    (episode, index): DocumentSymbol => ({
      name: WORDS.failure(index + 1, failureTitle(episode.first)),
      detail: shorten(episode.first.cause === null ? WORDS.noCause : causeText(episode.first.cause), MAX_DETAIL_LENGTH),
      kind: SymbolKind.Event,
      span: episode.first.span,
      selection: episode.first.span,
    }),
  );
  return folder(WORDS.groups.failures, SymbolKind.Event, children, rest(analysis.failures.episodes.length));
}

function rest(count: number): string | undefined {
  return count > MAX ? WORDS.left(count - MAX) : undefined;
}

function jobs(analysis: LogAnalysis): DocumentSymbol[] {
  const children = analysis.log.jobs
    .slice(0, MAX)
    .flatMap((job) => folder(job.name ?? job.id, SymbolKind.Namespace, switches(analysis, job.states.slice(0, MAX)), job.id));
  return folder(WORDS.groups.jobs, SymbolKind.Module, children);
}

function switches(analysis: LogAnalysis, states: readonly StateChange[]): DocumentSymbol[] {
  return states.map((state) => ({
    name: `${state.from} → ${state.to}`,
    detail: timeOf(analysis, state.time),
    kind: SymbolKind.EnumMember,
    span: state.span,
    selection: state.span,
  }));
}

function tasks(analysis: LogAnalysis): DocumentSymbol[] {
  const byTask = new Map<string, Execution[]>();
  for (const execution of analysis.log.executions) {
    const task = execution.task ?? execution.id ?? '?';
    const known = byTask.get(task);
    if (known === undefined) byTask.set(task, [execution]);
    else known.push(execution);
  }
  const children = [...byTask].slice(0, MAX).flatMap(([task, executions]) => {
    const members = executions.slice(0, MAX).flatMap((execution) => attempt(analysis, execution));
    return folder(shortTask(task), SymbolKind.Class, members, rest(executions.length));
  });
  return folder(WORDS.groups.tasks, SymbolKind.Module, children, rest(byTask.size));
}

function attempt(analysis: LogAnalysis, execution: Execution): DocumentSymbol[] {
  const items = [...execution.states, ...execution.mentions].sort((a, b) => a.span.start - b.span.start);
  const [first, last] = [items[0], items[items.length - 1]];
  if (first === undefined || last === undefined) return [];
  const children = switches(analysis, execution.states.slice(0, MAX_SWITCHES));
  const number = execution.attempt === null ? '' : ` #${execution.attempt}`;
  return [
    {
      name: `${subtaskLabel(execution) ?? WORDS.attempt}${number}`,
      detail: execution.end ?? '',
      kind: SymbolKind.Method,
      span: { start: first.span.start, end: last.span.end },
      selection: first.span,
      ...(children.length > 0 ? { children } : {}),
    },
  ];
}

function exceptions(analysis: LogAnalysis): DocumentSymbol[] {
  const children = analysis.groups.slice(0, MAX).flatMap((group): DocumentSymbol[] => {
    const members = group.members.slice(0, MAX).map(
      (one): DocumentSymbol => ({
        name: WORDS.line(one.line + 1),
        detail: timeOf(analysis, one.time),
        kind: SymbolKind.Event,
        span: one.span,
        selection: one.top.headSpan,
      }),
    );
    return folder(`${classText(group.root).replace(/^.*\./, '')} (${group.members.length})`, SymbolKind.Struct, members, group.site ?? undefined);
  });
  return folder(WORDS.groups.exceptions, SymbolKind.Module, children, rest(analysis.groups.length));
}
