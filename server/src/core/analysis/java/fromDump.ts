/**
 * From a deadlock in a thread dump to the Java source behind it.
 *
 * `callbackFrame` (callbackFrame.ts) finds the frame; `fixFromDump(uri, text, callback)` gives, with the text of its source,
 * fix 1 as edits, or the reason why not. Names are compared, not only numbers: class, method and the call must be there;
 * another line number is told, not refused.
 */
import type { Span } from '../../../../../common/span.ts';
import type { TypeDeclaration } from '../../java/declarations.ts';
import { LineIndex } from '../../text.ts';
import type { Coded } from '../../wording.ts';
import type { DumpCallback } from './callbackFrame.ts';
import { methodOf } from './callGraph.ts';
import { planMove } from './edit/index.ts';
import { type Edit, isRefusal, type Reason } from './edit/plan.ts';
import { readJava } from './guarded.ts';
import type { GuardedCall, JavaModel } from './model.ts';

/** Why the source of a frame gives no edit. Lines count from 1. */
export interface DumpRefusalFacts {
  'no-class': { file: string; name: string };
  'no-method': { name: string; method: string };
  'not-under-lock': { method: string; callback: string };
  'several-places': { method: string; callback: string; line: number | null };
  'not-moved': { reason: Reason };
}
export type DumpRefusal = Coded<DumpRefusalFacts>;

export type DumpFix =
  /** `otherLine`: where the call stands, when the dump names another line. */
  | { plan: Edit; span: Span; otherLine: { dumpLine: number | null; line: number } | null; refusal: null }
  | { plan: null; span: Span | null; refusal: DumpRefusal };

/** Fix 1 for a frame of a dump in the text of its source. */
export function fixFromDump(uri: string, text: string, callback: DumpCallback): DumpFix {
  const { frame, entry, file } = callback;
  const no = (refusal: DumpRefusal, span: Span | null = null): DumpFix => ({ plan: null, span, refusal });
  const model = readJava(uri, text);
  const classes = frame.className
    .slice(frame.className.lastIndexOf('.') + 1)
    .split('$')
    .filter((part) => !/^\d+$/.test(part));
  const type = model.scope.declarations.types.find((one) => pathOf(one).join('$') === classes.join('$'));
  if (type === undefined) return no({ code: 'no-class', facts: { file, name: classes.join('.') } });
  const method = /^lambda\$(\w+)\$\d+$/.exec(frame.method)?.[1] ?? frame.method;
  const declared = type.methods.filter((one) => one.name === method);
  if (declared.length === 0) return no({ code: 'no-method', facts: { name: classes.join('.'), method } });
  const found = model.guarded.filter((one) => one.callback.entry.method === entry.method && standsIn(model, one, type, method));
  const place = declared[0]?.node.getChild('Definition');
  const at = place == null ? null : { start: place.from, end: place.to };
  if (found.length === 0) return no({ code: 'not-under-lock', facts: { method, callback: entry.method } }, at);
  const lines = new LineIndex(text);
  const lineOf = (one: GuardedCall): number => lines.lineOf(one.callback.call.nameNode.from) + 1;
  const exact = found.find((one) => lineOf(one) === frame.line);
  if (exact === undefined && found.length > 1) return no({ code: 'several-places', facts: { method, callback: entry.method, line: frame.line } }, at);
  const one = exact ?? (found[0] as GuardedCall);
  const span = { start: one.callback.call.nameNode.from, end: one.callback.call.nameNode.to };
  const plan = planMove(model, one);
  if (isRefusal(plan)) return no({ code: 'not-moved', facts: { reason: plan.reason } }, span);
  return { plan, span, otherLine: exact === undefined ? { dumpLine: frame.line, line: lineOf(one) } : null, refusal: null };
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
