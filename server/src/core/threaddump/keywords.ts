/** What the lines of a dump are that are told by their first words. */
export type Keyword =
  | 'state'
  | 'synchronizers'
  | 'carrying'
  | 'mounted'
  /** JRockit's deadlocks, one of their chains, and its chains of threads that are only blocked. */
  | 'lock-chains'
  | 'chain'
  | 'blocked-chains'
  /** May be the title of a dump or of the JVM's deadlock section. */
  | 'title'
  /** Behind it the stacks of the deadlock section. */
  | 'section-stacks'
  /** The count of JNI references: the last line of a dump. */
  | 'jni-tail'
  /** The dump leaves out the outer frames. */
  | 'frames-cut'
  | 'waiting'
  /** May be a line of the JVM's deadlock section. */
  | 'section-line';

/** By the first character, as this is asked of nearly every line. */
const BY_FIRST: ReadonlyMap<number, readonly [beginning: string, Keyword][]> = byFirst([
  ['java.lang.Thread.State: ', 'state'],
  ['Locked synchronizers', 'synchronizers'],
  ['Locked ownable synchronizers', 'synchronizers'],
  ['Number of locked synchronizers', 'synchronizers'],
  ['Carrying virtual thread #', 'carrying'],
  ['Circular (deadlocked) lock chains', 'lock-chains'],
  ['Chain ', 'chain'],
  ['Blocked lock chains', 'blocked-chains'],
  ['Mounted virtual thread #', 'mounted'],
  ['F', 'title'],
  ['f', 'title'],
  ['=', 'title'],
  ['Java stack information for the threads listed above', 'section-stacks'],
  ['JNI global ref', 'jni-tail'],
  ['...', 'frames-cut'],
  ['waiting for ', 'waiting'],
  ['w', 'section-line'],
  ['i', 'section-line'],
  ['U', 'section-line'],
  ['n', 'section-line'],
]);

function byFirst(beginnings: readonly (readonly [string, Keyword])[]): Map<number, [string, Keyword][]> {
  const result = new Map<number, [string, Keyword][]>();
  for (const [beginning, keyword] of beginnings) {
    const first = beginning.charCodeAt(0);
    const known = result.get(first) ?? [];
    result.set(first, [...known, [beginning, keyword]]);
  }
  return result;
}

/** The first of the beginnings that stands at `start`. */
export function keywordAt(text: string, start: number): Keyword | null {
  for (const [beginning, keyword] of BY_FIRST.get(text.charCodeAt(start)) ?? []) if (text.startsWith(beginning, start)) return keyword;
  return null;
}
