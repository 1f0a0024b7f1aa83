import { subtaskLabel } from '../../core/analysis/executions.ts';
import type { Execution, LogAnalysis } from '../../core/log/model.ts';
import { shortTask } from '../../core/log/taskNames.ts';
import { formatStamp } from '../../core/log/time.ts';
import { oneLine } from '../../core/text.ts';

/** Text of the log may hold anything: nothing in it may act as Markdown. */
export function plain(text: string): string {
  return oneLine(text.replace(/[\\`*_{}[\]()#+!|<>~&-]/g, '\\$&'));
}

export function executionName(execution: Execution, longest = 60): string {
  const label = subtaskLabel(execution);
  const attempt = execution.attempt === null ? '' : `, attempt ${execution.attempt}`;
  return `${shortTask(execution.task ?? execution.id ?? '?', longest)}${label === null ? '' : ` (${label}${attempt})`}`;
}

export function timeOf(analysis: LogAnalysis, ms: number | null): string {
  return ms === null ? '' : formatStamp(ms, analysis.log.clock === 'epoch');
}

/** "line 12", as a link where editors can follow one. */
export function lineLink({ uri }: { uri: string }, line: number): string {
  const name = `line ${line + 1}`;
  return uri.startsWith('file:') ? `[${name}](<${uri}#L${line + 1}>)` : name;
}
