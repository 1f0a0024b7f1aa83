import type { LogAnalysis } from '../../core/analysis/log/model.ts';
import { subtaskLabel } from '../../core/log/executions.ts';
import { linePlace } from '../../core/log/files.ts';
import type { Execution } from '../../core/log/model.ts';
import { shortTask } from '../../core/log/taskNames.ts';
import { formatStamp } from '../../core/log/time.ts';
import { escapeMarkdown } from '../../core/wording.ts';

export function executionName(execution: Execution, longest = 60): string {
  const label = subtaskLabel(execution);
  const attempt = execution.attempt === null ? '' : `, attempt ${execution.attempt}`;
  return `${shortTask(execution.task ?? execution.id ?? '?', longest)}${label === null ? '' : ` (${label}${attempt})`}`;
}

export function timeOf(analysis: LogAnalysis, ms: number | null): string {
  return ms === null ? '' : formatStamp(ms, analysis.log.clock === 'epoch');
}

/** "line 12", with the file's name where several were read as one, as a link where editors can follow one. */
export function lineLink({ uri, analysis }: { uri: string; analysis: LogAnalysis }, line: number): string {
  const { file, number } = linePlace(analysis.files, line);
  const name = file === null ? `line ${number}` : `${escapeMarkdown(file.name)}, line ${number}`;
  const target = file?.uri ?? uri;
  return target.startsWith('file:') ? `[${name}](<${target}#L${number}>)` : name;
}
