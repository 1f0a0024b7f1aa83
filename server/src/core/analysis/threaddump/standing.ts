import { KNOWN_FRAMES, type KnownFrame } from '../../knowledge/knownFrames.ts';
import type { ThreadState } from '../../threaddump/model.ts';

/** Frames looked at, innermost first; below that a stack says how a thread was started, not what it waits for. */
const DEPTH = 25;

/** Where a thread stands: the entry that explains it, with the frame that told. */
export interface Standing {
  known: KnownFrame;
  /** Index into the thread's frames. */
  frame: number;
}

const BY_METHOD = new Map<string, readonly KnownFrame[]>();

function entriesOf(method: string): readonly KnownFrame[] {
  let entries = BY_METHOD.get(method);
  if (entries === undefined) {
    entries = KNOWN_FRAMES.filter(({ frame }) => frame.test(method));
    // Generated class names differ from run to run: a cap keeps a long-lived server from collecting them all.
    if (BY_METHOD.size > 20_000) BY_METHOD.clear();
    BY_METHOD.set(method, entries);
  }
  return entries;
}

/** Explains a stack (innermost first) by the innermost entry that fits, unless a further entry speaks for it. */
export function standing(methods: readonly string[], role: string | null, state: ThreadState | null): Standing | null {
  let best: Standing | null = null;
  const end = Math.min(methods.length, DEPTH);
  for (let i = 0; i < end; i++) {
    for (const known of entriesOf(methods[i] as string)) {
      if (known.roles && (role === null || !known.roles.includes(role))) continue;
      if (known.states && (state === null || !known.states.includes(state))) continue;
      const speaksFor = best !== null && (known.overrides?.includes(best.known.id) === true || best.known.fallback === true);
      if (best === null || speaksFor) best = { known, frame: i };
    }
  }
  return best;
}
