import { LOCK_CALLBACKS, type LockCallback } from '../../knowledge/lockCallbacks.ts';

/** Which call of a stack is made under a lock, and where its source is. It reads no Java: fromDump.ts does, once a source is there. */

/** A frame as a dump has it; threaddump's Frame fits. */
export interface DumpFrame {
  className: string;
  method: string;
  file: string | null;
  /** 1-based. */
  line: number | null;
}

export interface DumpCallback {
  frame: DumpFrame;
  entry: LockCallback;
  /** Where the source of the frame is: "org/apache/flink/runtime", "Task.java". */
  package: string;
  file: string;
}

/**
 * The outermost call of a known callback between the frame that took the lock and the top of the stack; null when the stack has
 * none. `frames` innermost first, `holder` the index of the frame that took the lock the other thread waits for.
 */
export function callbackFrame(frames: readonly DumpFrame[], holder: number): DumpCallback | null {
  for (let index = Math.min(holder, frames.length - 1); index > 0; index--) {
    const frame = frames[index] as DumpFrame;
    const called = (frames[index - 1] as DumpFrame).method;
    const entry = LOCK_CALLBACKS.find((one) => one.method === called);
    // A method that calls its own namesake passes on; the callback is where another name calls it.
    if (entry === undefined || frame.method === called) continue;
    return { frame, entry, ...sourceOf(frame) };
  }
  return null;
}

function sourceOf(frame: DumpFrame): { package: string; file: string } {
  const dot = frame.className.lastIndexOf('.');
  const outermost = frame.className.slice(dot + 1).split('$')[0] as string;
  return { package: frame.className.slice(0, Math.max(dot, 0)).replaceAll('.', '/'), file: frame.file ?? `${outermost}.java` };
}
