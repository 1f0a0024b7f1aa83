import type { Span } from '../../../../common/span.ts';

/** A file of a container. */
interface YarnLog {
  /** "container_…/taskmanager.log". */
  name: string;
  span: Span;
}

/** Ends the lines that tell of a file: which one it is, when it was written, how long it is. Hadoop 2 writes it in two words. */
const CONTENTS = ['LogContents:', 'Log Contents:'];
const CONTAINER = 'Container: ';
const TYPE = 'LogType:';
const ENDS = 'End of LogType:';

/** Above the contents there are a few short lines. */
const MAX_HEAD = 2000;
const MAX_SECTIONS = 5000;

/**
 * The files in what `yarn logs` prints, and in each file of `yarn logs -out`: any number of containers with the same few names, so
 * that each is called by its container. Without text are none; none at all where it is something else.
 */
export function yarnLogs(text: string): YarnLog[] {
  const found: YarnLog[] = [];
  const contents = CONTENTS.find((one) => lineWith(text, one, 0) !== -1);
  if (contents === undefined) return found;
  const nextContainer = forwards(text, CONTAINER);
  const nextType = forwards(text, TYPE);
  const nextEnd = forwards(text, ENDS);
  let container: string | null = null;
  let done = 0;
  for (let at = lineWith(text, contents, 0); at !== -1; at = lineWith(text, contents, done)) {
    const head = text.slice(Math.max(done, at - MAX_HEAD), at);
    container = lastValue(head, CONTAINER) ?? container;
    const type = lastValue(head, TYPE);
    const start = text.indexOf('\n', at) + 1 || text.length;
    const end = Math.min(nextEnd(start), nextType(start), nextContainer(start));
    done = Math.max(end, start);
    if (type === null || text.slice(start, end).trim() === '') continue;
    // "container_… on host_8041"
    found.push({ name: container === null ? type : `${container.split(' ', 1)[0]}/${type}`, span: { start, end } });
    if (found.length > MAX_SECTIONS) return [];
  }
  return found;
}

/** Where a line begins with some words. */
function lineWith(text: string, words: string, from: number): number {
  if (from === 0 && text.startsWith(words)) return 0;
  const at = text.indexOf(`\n${words}`, Math.max(0, from - 1));
  return at === -1 ? -1 : at + 1;
}

/** The same for places that only grow, with the end of the text for none: what was found is looked for once. */
function forwards(text: string, words: string): (from: number) => number {
  let next = -1;
  return (from) => {
    if (next < from) next = lineWith(text, words, from);
    if (next === -1) next = text.length;
    return next;
  };
}

/** What stands behind some words on the last line that begins with them. */
function lastValue(text: string, words: string): string | null {
  const lines = `\n${text}`;
  const at = lines.lastIndexOf(`\n${words}`);
  return at === -1 ? null : (lines.slice(at + 1 + words.length).split('\n', 1)[0] as string).trim();
}
