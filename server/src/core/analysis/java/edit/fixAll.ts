import type { SyntaxNode } from '@lezer/common';
import { diffLines } from 'diff';
import { isTypeBody, isUnit } from '../../../java/syntax.ts';
import type { LockCallback } from '../../../knowledge/lockCallbacks.ts';
import type { TextEdit } from '../../../model.ts';
import { readJava } from '../guarded.ts';
import type { GuardedCall, JavaModel } from '../model.ts';
import { planMove } from './index.ts';
import { applyEdits, type Cost, type Edit, isRefusal } from './plan.ts';

/** Edits of one method at a time: a method with more callbacks than these is looked at again by hand. */
const MAX_ROUNDS = 60;

export interface FixedJava {
  text: string;
  /** What was done, in the order in which it was done. */
  applied: { method: string; costs: Cost[] }[];
}

/**
 * Applies fix 1 until nothing is left that `accept` agrees to. What is done in one round touches methods that differ; the
 * next round is worked out on the text that the one before left, so that edits never overlap. The result is a fixed
 * point: doing it again changes nothing.
 */
export function fixAllJava(
  text: string,
  accept: (plan: Edit, guarded: GuardedCall) => boolean,
  { own = [], width = null }: { own?: readonly LockCallback[]; width?: number | null } = {},
): FixedJava {
  const applied: FixedJava['applied'] = [];
  let current = text;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const model = readJava('', current, own);
    model.width = width;
    const edits: TextEdit[] = [];
    const touched = new Set<number>();
    for (const guarded of model.guarded) {
      const plan = planMove(model, guarded);
      if (isRefusal(plan) || !accept(plan, guarded)) continue;
      const members = new Set(plan.edits.map(({ span }) => memberAt(model, span.start)));
      if ([...members].some((member) => touched.has(member))) continue;
      for (const member of members) if (member !== NO_MEMBER) touched.add(member);
      // Two of them may want the same import.
      const fresh = plan.edits.filter((edit) => !edits.some((other) => other.span.start === edit.span.start && other.newText === edit.newText));
      edits.push(...fresh);
      applied.push({ method: guarded.callback.entry.method, costs: plan.costs });
    }
    const next = applyEdits(current, edits);
    if (next === current) break;
    current = next;
  }
  return { text: current, applied };
}

const NO_MEMBER = -1;

/** The outermost method or initializer around a place; imports and comments between members are none's. */
function memberAt(model: JavaModel, offset: number): number {
  let found = NO_MEMBER;
  for (let node: SyntaxNode | null = model.scope.source.tree.resolveInner(offset, 1); node !== null; node = node.parent) {
    if (isUnit(node) && !isTypeBody(node.name) && node.name !== 'Program') found = node.from;
  }
  return found;
}

/** With more differing lines than this the whole text is one edit: nobody reads them singly, and the search would take long. */
const MAX_DIFFERENCES = 3000;

/** Edits that turn one text into another, by whole lines. */
export function lineEdits(before: string, after: string, description: string): TextEdit[] {
  if (before === after) return [];
  const parts = diffLines(before, after, { maxEditLength: MAX_DIFFERENCES });
  if (parts === undefined) return [{ span: { start: 0, end: before.length }, newText: after, description }];
  const edits: TextEdit[] = [];
  let at = 0;
  for (const { added, removed, value } of parts) {
    const last = edits.at(-1);
    // A stretch that is replaced comes as two parts, one removed and one added.
    const edit = last?.span.end === at ? last : { span: { start: at, end: at }, newText: '', description };
    if (removed) edit.span.end += value.length;
    if (added) edit.newText += value;
    if ((added || removed) && edit !== last) edits.push(edit);
    if (!added) at += value.length;
  }
  return edits;
}
