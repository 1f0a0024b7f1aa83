import { visible } from '../../../common/visible.ts';

/** The ways to standard output and standard error: what files say reaches a terminal as text, nothing in it acts. */
export const out = (text: string): void => void process.stdout.write(visible(text));

export const err = (text: string): void => void process.stderr.write(visible(text));

/** What another program takes in: to the byte as it is, unless a person reads it at a terminal. */
export const outExact = (bytes: Uint8Array): void =>
  void process.stdout.write(process.stdout.isTTY ? visible(new TextDecoder().decode(bytes)) : bytes);

/** What is being worked on, on one line that the next one overwrites; nothing where no terminal shows it. */
export function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${visible(text)}`);
}
