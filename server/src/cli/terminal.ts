import { visible } from '../../../common/visible.ts';
import { COMMAND, write } from './thread.ts';

/** The ways to standard output and standard error: what files say reaches a terminal as text, nothing in it acts. */
export const out = (text: string): void => write('out', visible(text));

export const err = (text: string): void => write('err', visible(text));

/** What another program takes in: to the byte as it is, unless a person reads it at a terminal. */
export const outExact = (bytes: Uint8Array): void => write('out', COMMAND.terminal.out ? visible(new TextDecoder().decode(bytes)) : bytes);

/** What is being worked on, on one line that the next one overwrites; nothing where no terminal shows it. */
export function progress(text: string): void {
  if (COMMAND.terminal.err) write('err', `\r\x1b[K${visible(text)}`);
}
