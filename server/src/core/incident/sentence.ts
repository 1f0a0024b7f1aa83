import { shortTask } from '../log/taskNames.ts';
import { oneLine } from '../text.ts';
import { endingCut, placeCut, shorten } from '../wording.ts';

/** Nobody reads on in a first sentence that is longer. */
export const MAX_SENTENCE = 100;

/** A sentence about names, which are cut as far as its length asks for; a place in code keeps its innermost class. */
export function sentence(names: readonly string[], make: (...names: string[]) => string): string {
  for (const limit of [60, 45, 35, 28, 22, 17, 13]) {
    const text = make(...names.map((name) => cut(name, limit)));
    if (text.length <= MAX_SENTENCE) return text;
  }
  return shorten(make(...names.map((name) => cut(name, 13))), MAX_SENTENCE);
}

/** The same, and a briefer one where even cut names do not fit. */
export function sentenceOr(names: readonly string[], make: (...names: string[]) => string, briefer: (...names: string[]) => string): string {
  const text = sentence(names, make);
  return text.endsWith('…') ? sentence(names, briefer) : text;
}

const cut = (name: string, limit: number): string => {
  const line = oneLine(name);
  if (line.length <= limit) return line;
  if (!/^[\w.$<>]+$/.test(line)) return shorten(line, limit);
  return line.includes('.') ? placeCut(line)(limit) : endingCut(line)(limit);
};

/** "HiddenWaits$PriceList.<clinit>" of a place with its file, or of a whole name. */
export const method = (at: string): string => at.replace(/ \([^()]*\)$/, '').replace(/^(?:[a-z_][\w]*\.){1,40}(?=[A-Z])/, '');

export const task = (name: string): string => `"${shortTask(name)}"`;

/** The address behind the name of a process tells nothing more. */
export const processName = (process: string): string => process.replace(/\([^()]*\)$/, '');
