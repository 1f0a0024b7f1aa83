import { diffLines } from 'diff';
import type { LockCallback } from '../../../knowledge/lock-callbacks.ts';
import type { TextEdit } from '../../../model.ts';
import { readJava } from '../guarded.ts';
import type { GuardedCall } from '../model.ts';
import { planMove } from './index.ts';
import { applyEdits, type Cost, type Edit, isRefusal } from './plan.ts';

/** A file with this many fixes is looked at again by hand. */
const MOST_FIXES = 200;

export interface FixedJava {
  text: string;
  /** What was done, in the order in which it was done. */
  applied: { method: string; costs: Cost[] }[];
}

/**
 * Applies fix 1 until nothing is left that `accept` agrees to. Every fix is worked out on the text that the one
 * before left, so they never overlap. The result is a fixed point: doing it again changes nothing.
 */
export function fixAllJava(text: string, accept: (plan: Edit, guarded: GuardedCall) => boolean, own: readonly LockCallback[] = []): FixedJava {
  const applied: FixedJava['applied'] = [];
  let current = text;
  for (let round = 0; round < MOST_FIXES; round++) {
    const model = readJava('', current, own);
    let next: string | null = null;
    for (const guarded of model.guarded) {
      const plan = planMove(model, guarded);
      if (isRefusal(plan) || !accept(plan, guarded)) continue;
      next = applyEdits(current, plan.edits);
      applied.push({ method: guarded.callback.entry.method, costs: plan.costs });
      break;
    }
    if (next === null || next === current) break;
    current = next;
  }
  return { text: current, applied };
}

/** With more differing lines than this the whole text is one edit: nobody reads them singly, and the search would take long. */
const MOST_DIFFERENCES = 3000;

/** Edits that turn one text into another, by whole lines. */
export function lineEdits(before: string, after: string, description: string): TextEdit[] {
  if (before === after) return [];
  const parts = diffLines(before, after, { maxEditLength: MOST_DIFFERENCES });
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
