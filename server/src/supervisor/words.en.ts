import { ANALYSE_FILE, ANALYSIS, type AnalysisInfo, ASK_TOOL, type ToolAnswer } from '../../../common/contracts.ts';

/** Why a document, file or set was left out. */
export type Left = { code: 'limit'; seconds: number } | { code: 'cancelled' } | { code: 'crash'; why: string };

/** What is said of it, in the file and wherever it is asked for. */
const LEFT: { [C in Left['code']]: (left: Extract<Left, { code: C }>) => string } = {
  limit: ({ seconds }) =>
    `The analysis took too long and was stopped after ${seconds} s. The file is left out until it changes; the setting logjam.analysis.timeLimit allows more.`,
  cancelled: () => 'The analysis was stopped on request. The file is left out until it changes.',
  crash: ({ why }) => `The analysis of this file ended the process that it ran in (${why}). The file is left out until it changes.`,
};

export function leftWords(left: Left): string {
  if (left.code === 'limit') return LEFT.limit(left);
  return left.code === 'crash' ? LEFT.crash(left) : LEFT.cancelled(left);
}

/** Said of a message that cannot be read. */
export const NO_JSON_WORDS: string = 'A message that is not JSON was skipped.';

/** Said when no analysis runs any more. */
export const STOPPED_WORDS: string = 'The analysis has ended five times and is not restarted automatically.';

/** Said where a client asks for a file that the person has not opened. */
export const NOT_OPENED_WORDS: string = 'This file is in no folder of the workspace and was not opened, so nothing of it is read.';

/** The answer to a request about something that is left out; null fits all others, of LSP and ours. */
export function answerWithout(method: string, why: string): unknown {
  if (method === ANALYSE_FILE.method) return { error: why };
  if (method === ASK_TOOL.method) return { wrong: why } satisfies ToolAnswer;
  if (method === ANALYSIS.method)
    return { kind: 'unknown', dialect: 'unknown', views: [], first: null, findings: NONE, problem: why, report: null } satisfies AnalysisInfo;
  if (method === 'workspace/textDocumentContent') return { text: why };
  return null;
}

const NONE: AnalysisInfo['findings'] = { error: 0, warning: 0, info: 0, hint: 0 };
