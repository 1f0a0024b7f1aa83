import type { LockCallback } from '../../../knowledge/lock-callbacks.ts';
import type { TextEdit } from '../../../model.ts';
import { readJava } from '../guarded.ts';
import type { GuardedCall } from '../model.ts';
import { planMove } from './index.ts';
import { lineDiff, splitLines } from './lineDiff.ts';
import { applyEdits, type Edit, isRefusal } from './plan.ts';

/** A file with this many fixes is looked at again by hand. */
const MOST_FIXES = 200;

export interface FixedJava {
  text: string;
  /** What was done, in the order in which it was done. */
  applied: { method: string; cost: string | null }[];
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
      applied.push({ method: guarded.callback.entry.method, cost: plan.cost });
      break;
    }
    if (next === null || next === current) break;
    current = next;
  }
  return { text: current, applied };
}

/** Edits that turn one text into another, by whole lines. */
export function lineEdits(before: string, after: string, description: string): TextEdit[] {
  const left = splitLines(before);
  const right = splitLines(after);
  const starts = [0];
  for (const line of left) starts.push((starts.at(-1) as number) + line.length);
  return lineDiff(left, right).map((hunk) => ({
    span: { start: starts[hunk.oldStart] as number, end: starts[hunk.oldStart + hunk.oldCount] as number },
    newText: right.slice(hunk.newStart, hunk.newStart + hunk.newCount).join(''),
    description,
  }));
}
