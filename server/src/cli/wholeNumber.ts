import { UsageError } from './errors.ts';
import { USAGE } from './words.ts';

/** What an option says that takes a number. @throws UsageError */
export function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < least || value > most)
    throw new UsageError(USAGE.wholeNumber(option, least, most, text));
  return value;
}
