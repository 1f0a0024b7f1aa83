import type { LogAnalysis } from '../../../analysis/log/model.ts';
import { linePlace } from '../../../log/files.ts';
import { formatStamp } from '../../../log/time.ts';
import { escapeMarkdown } from '../../../wording.ts';

/** Longest text of a message: what comes after is boilerplate or data. */
const MAX_LENGTH = 160;

/** "class: message" as far as it says what happened: its first line, cut after a sentence where it is long. */
export function brief(cause: string): string {
  const [line = ''] = cause.split('\n');
  if (line.length <= MAX_LENGTH) return line;
  const sentence = /^.{40,}?[.!?](?=\s)/.exec(line.slice(0, MAX_LENGTH))?.[0];
  return sentence ?? `${line.slice(0, MAX_LENGTH - 1)}…`;
}

export const cell = (text: string): string => escapeMarkdown(brief(text));

/** The first two lines of a table. */
export const tableHead = (columns: readonly string[]): string[] => [`| ${columns.join(' | ')} |`, `|${'---|'.repeat(columns.length)}`];

/** How lines and times of one report are written. */
export interface Names {
  /** A line that counts from 0 through all files: "12", or a link. */
  line(line: number): string;
  time(ms: number | null): string;
}

export function namesOf({ files, log }: LogAnalysis, uri: string | undefined): Names {
  return {
    line(line) {
      const { file, number } = linePlace(files, line);
      const name = escapeMarkdown(file === null ? String(number) : `${file.name}:${number}`);
      return uri === undefined ? name : `[${name}](<${file?.uri ?? uri}#L${number}>)`;
    },
    time: (ms) => (ms === null ? '' : formatStamp(ms, log.clock === 'epoch')),
  };
}
