/**
 * From a deadlock in a thread dump to the Java source behind it.
 *
 * - `callbackFrame(frames, holder)`: the frame of one thread's stack whose source line makes the callback under the
 *   lock, with where its source is (`package`, `file`); null when the stack has none. `frames` innermost first,
 *   `holder` the index of the frame that took the lock the other thread waits for.
 * - `fixFromDump(uri, text, callback)`: with the text of that source, fix 1 as edits, or the reason why not. Names are
 *   compared, not only numbers: class, method and the call must be there; another line number is told, not refused.
 * - `suggestionFromDump(callback, holderFrame)`: Markdown to show where the source is not found.
 */
import type { Span } from '../../../../../common/span.ts';
import type { TypeDeclaration } from '../../java/declarations.ts';
import { LOCK_CALLBACKS, type LockCallback } from '../../knowledge/lockCallbacks.ts';
import type { RelatedDraft } from '../../model.ts';
import { LineIndex } from '../../text.ts';
import { methodOf } from './callGraph.ts';
import { planMove } from './edit/index.ts';
import { type Edit, isRefusal } from './edit/plan.ts';
import { readJava } from './guarded.ts';
import type { GuardedCall, JavaModel } from './model.ts';

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

/** The outermost call of a known callback between the frame that took the lock and the top of the stack. */
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

export type DumpFix =
  | { plan: Edit; title: string; span: Span; note: string | null; reason: null }
  | { plan: null; title: string; span: Span | null; reason: string; places: RelatedDraft[] };

/** Fix 1 for a frame of a dump in the text of its source. */
export function fixFromDump(uri: string, text: string, callback: DumpCallback): DumpFix {
  const { frame, entry, file } = callback;
  const name = `${entry.method}()`;
  const title = `Move ${entry.method} outside the synchronized block in ${file}`;
  const no = (reason: string, span: Span | null = null, places: RelatedDraft[] = []): DumpFix => ({ plan: null, title, span, reason, places });
  const model = readJava(uri, text);
  const classes = frame.className
    .slice(frame.className.lastIndexOf('.') + 1)
    .split('$')
    .filter((part) => !/^\d+$/.test(part));
  const type = model.scope.declarations.types.find((one) => pathOf(one).join('$') === classes.join('$'));
  if (type === undefined) return no(`${file} has no class ${classes.join('.')}`);
  const method = /^lambda\$(\w+)\$\d+$/.exec(frame.method)?.[1] ?? frame.method;
  const declared = type.methods.filter((one) => one.name === method);
  if (declared.length === 0) return no(`${classes.join('.')} has no method ${method}()`);
  const found = model.guarded.filter((one) => one.callback.entry.method === entry.method && standsIn(model, one, type, method));
  const place = declared[0]?.node.getChild('Definition');
  const at = place == null ? null : { start: place.from, end: place.to };
  if (found.length === 0)
    return no(`${method}() does not call ${name} while a lock is held: this source is of another version than the dump, or has been repaired`, at);
  const lines = new LineIndex(text);
  const lineOf = (one: GuardedCall): number => lines.lineOf(one.callback.call.nameNode.from) + 1;
  const exact = found.find((one) => lineOf(one) === frame.line);
  if (exact === undefined && found.length > 1) {
    const places = found.map((one) => ({ message: name, span: { start: one.callback.call.nameNode.from, end: one.callback.call.nameNode.to } }));
    return no(`${method}() calls ${name} at several places, and none is at line ${frame.line ?? 'unknown'} as in the dump`, at, places);
  }
  const one = exact ?? (found[0] as GuardedCall);
  const span = { start: one.callback.call.nameNode.from, end: one.callback.call.nameNode.to };
  const plan = planMove(model, one);
  if (isRefusal(plan)) return no(plan.reason, span, plan.places);
  const note = exact === undefined ? `The dump names line ${frame.line ?? 'unknown'}; in this source the call stands at line ${lineOf(one)}.` : null;
  return { plan, title, span, note, reason: null };
}

function pathOf(type: TypeDeclaration): string[] {
  return type.outer === null ? [type.name] : [...pathOf(type.outer), type.name];
}

function standsIn(model: JavaModel, guarded: GuardedCall, type: TypeDeclaration, method: string): boolean {
  const own = methodOf(model.scope, guarded.callback.call.node);
  if (own !== null) return own.owner === type && own.name === method;
  // In a lambda or anonymous class: inside the text of the method.
  const { from } = guarded.callback.call.node;
  return type.methods.some((one) => one.name === method && one.node.from <= from && from < one.node.to);
}

/** What to change, for reading, where the source was not found. */
export function suggestionFromDump(callback: DumpCallback, holder: DumpFrame): string {
  const { frame, entry, file } = callback;
  const where = ({ className, method, line }: DumpFrame): string =>
    `\`${className.slice(className.lastIndexOf('.') + 1).replaceAll('$', '.')}.${method}\`${line === null ? '' : ` (line ${line})`}`;
  const same = holder.className === frame.className && holder.method === frame.method;
  const list = callback.entry.history.map((one) => `- ${one}`).join('\n');
  return `# Move ${entry.method} outside the lock in ${file}

${where(frame)} calls \`${entry.method}()\` while ${same ? 'it' : where(holder)} holds the lock: it ${entry.danger}.

## The change

1. In ${where(frame)}, do not call \`${entry.method}()\`: ${same ? 'keep' : 'return to the caller'} what it is called on, in a local variable${same ? ' declared before the block' : ''}, or in a list when there may be several.
2. In ${where(holder)}, make the call after the lock is released, when there is something to call it on.

\`\`\`java
${sketch(entry, same)}
\`\`\`

Every other caller of ${where(frame)} must make the call as well, after its own lock.

## In Flink's history

${list}

## To have it edited

\`${callback.package}/${file}\` is not in the workspace. Add the folder that holds it to the setting \`logjam.sourceRoots\`, for example the unpacked \`sources\` jar of the artifact the class is from.
`;
}

function sketch(entry: LockCallback, same: boolean): string {
  const type = entry.receiverClass === null ? 'Object' : entry.receiverClass.slice(entry.receiverClass.lastIndexOf('.') + 1);
  const taken = same ? 'later = …;' : 'later = helper(…);   // returns it, or null';
  return `${type} later = null;
synchronized (lock) {
    …
    ${taken}
}
if (later != null) {
    later.${entry.method}(${entry.arguments.includes(0) ? '' : '…'});
}`;
}
