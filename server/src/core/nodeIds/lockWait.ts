/** Ids of the lock-wait graph's nodes: stable for one text, so that fixes, lenses and the text's cursor can point at them. */

export function threadNode(dump: number, threadIndex: number): string {
  return `d${dump}-thread-${threadIndex}`;
}

export function lockNode(dump: number, lockId: string): string {
  return `d${dump}-lock-${lockId}`;
}

/** The threads that wait for a lock and hold nothing that anybody wants, drawn as one. */
export function groupNode(dump: number, lockId: string): string {
  return `d${dump}-waiters-${lockId}`;
}

/** The dump that a node id belongs to; null for ids of something else. */
export function dumpOfNode(id: string): number | null {
  const match = /^d(\d+)-/.exec(id);
  return match === null ? null : Number(match[1]);
}
