import { table } from '../../../../../common/table.ts';
import type { Frame, LockAction, Thread } from '../../threaddump/model.ts';
import { quoted } from '../../wording.ts';
import { type GraphThread, holderOf, type Wait, type WaitGraph } from './waits/model.ts';

/** How threads and frames are named, in one way for all that speaks of them. */

/** Virtual threads have no name unless they are given one; then the id has to do. */
export function displayName({ name, thread }: Pick<GraphThread, 'name' | 'thread'>): string {
  if (name !== '') return name;
  return thread?.headless === true ? '(no name)' : thread?.id != null ? `#${thread.id}` : name;
}

/** The name of a thread by its index; "?" for one that the graph does not have. */
export function displayNameOf(graph: WaitGraph, threadIndex: number): string {
  const known = graph.threads[threadIndex];
  return known === undefined ? '?' : displayName(known);
}

export function nameOf(graph: WaitGraph, threadIndex: number, limit?: number): string {
  return quoted(displayNameOf(graph, threadIndex), limit);
}

const PRIMITIVES = table<string>({ B: 'byte', C: 'char', D: 'double', F: 'float', I: 'int', J: 'long', S: 'short', Z: 'boolean' });

/** The class without its package; nested classes keep their outer name, and `[[Ljava.lang.String;` is String[][]. */
export function simpleName(className: string): string {
  const array = /^(\[+)(?:L([^;]+);|([BCDFIJSZ]))$/.exec(className);
  if (array !== null) {
    const element = array[2] === undefined ? (PRIMITIVES[array[3] as string] as string) : simpleName(array[2]);
    return element + '[]'.repeat((array[1] as string).length);
  }
  // Hidden classes have an address behind a slash: Job$$Lambda/0x00007fb43d6a1208.
  const name = className.replace(/(\$\$Lambda(?:\$\d+)?)\/[\da-fx@]+$/, '$1');
  return name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('/')) + 1);
}

/** "BufferManager.recycle (BufferManager.java:200)". */
export function frameName(frame: Frame): string {
  const place = frame.native ? 'native' : frame.file === null ? '' : frame.line === null ? frame.file : `${frame.file}:${frame.line}`;
  return `${simpleName(frame.className)}.${frame.method}${place === '' ? '' : ` (${place})`}`;
}

const JDK = /^(?:java|javax|jdk|sun|com[./]sun)[./]/;

/** All that has to be known of code to tell whose it is. */
export type OfClass = Pick<Frame, 'className'>;

export const isJdk = ({ className }: OfClass): boolean => JDK.test(className);

/** The same of "package.Class.method". */
export const isOfJdk = (method: string): boolean => JDK.test(method);

/** "com.acme.Client" of "com.acme.Client$Reader$1". */
export function outermostClass(className: string): string {
  const nested = className.indexOf('$', 1);
  return nested === -1 ? className : className.slice(0, nested);
}

/** "com.acme." of "com.acme.Client"; null where it is too short to tell one program from another. */
export function packageOf(className: string): string | null {
  const end = className.lastIndexOf('.') + 1;
  return className.indexOf('.') === end - 1 ? null : className.slice(0, end);
}

const GENERATED = /\$\$Lambda|LambdaForm|\$Proxy|\$\$(?:Enhancer|FastClass)/;

/** Of a class that stands in no source: what calls a lambda, a proxy. */
export const isGenerated = ({ className }: OfClass): boolean => GENERATED.test(className);

/** The innermost frame in code of a kind, of so many. Those below it are not read. */
export function innermostFrame(thread: Thread, isWanted: (code: OfClass) => boolean, most = Number.POSITIVE_INFINITY): Frame | undefined {
  const index = thread.methods.findIndex((method) => isWanted({ className: method.slice(0, method.lastIndexOf('.')) }));
  return index === -1 || index >= most ? undefined : thread.topFrames(index + 1)[index];
}

/** The innermost frame that is not the JDK's own, else the innermost. */
export const tellingFrame = (thread: Thread): Frame | undefined => innermostFrame(thread, (code) => !isJdk(code)) ?? thread.topFrames(1)[0];

/** The frame that a lock line belongs to: lock lines are printed after their frame. */
export function frameOf(thread: Thread, action: LockAction): Frame | undefined {
  const { frames } = thread;
  const first = frames[0];
  const last = frames.at(-1);
  if (first === undefined || last === undefined) return undefined;
  let found: Frame | undefined;
  if (first.span.start <= last.span.start) {
    for (const frame of frames) {
      if (frame.span.start > action.span.start) break;
      found = frame;
    }
    return found;
  }
  // The lines of the file stand in reverse (newest first, as some log viewers export them).
  for (const frame of frames) {
    if (frame.span.start < action.span.start) break;
    found = frame;
  }
  return found;
}

/** Where a lock's holder took it; empty where the dump does not show it. */
export function takenAt(graph: WaitGraph, wait: Wait): string {
  const hold = wait.lock.holds.find((one) => one.threadIndex === wait.owner) ?? holderOf(wait.lock);
  const thread = hold === undefined ? null : graph.threads[hold.threadIndex]?.thread;
  if (hold?.place == null || thread == null) return '';
  const action = thread.locks.find((one) => one.span.start === hold.place?.span.start);
  const frame = action === undefined ? undefined : frameOf(thread, action);
  return frame === undefined ? '' : frameName(frame);
}

/** Where a waiter wants its lock: the frame outside the JDK; empty where the dump does not show it. */
export function wantedAt(graph: WaitGraph, { threadIndex, action }: Wait): string {
  const thread = graph.threads[threadIndex]?.thread ?? null;
  const frame = thread === null || action === null ? undefined : frameOf(thread, action);
  if (thread === null || frame === undefined) return '';
  return isJdk(frame) ? standsAt(thread) : frameName(frame);
}

/** Where a thread stands: its innermost frame outside the JDK. */
export function standsAt(thread: Thread | null): string {
  const frame = thread === null ? undefined : tellingFrame(thread);
  return frame === undefined ? '' : frameName(frame);
}
