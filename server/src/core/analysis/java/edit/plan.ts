import type { Span } from '../../../../../../common/span.ts';
import type { RelatedDraft, TextEdit } from '../../../model.ts';

/** Why a call cannot be moved without changing what the program does. */
export type RefusalCode =
  | 'result-used'
  | 'not-a-statement'
  | 'waits-later'
  | 'signals'
  | 'receiver-read-later'
  | 'state-read-later'
  | 'exception-handled'
  | 'lock-unclear'
  | 'labelled'
  | 'leaves-block'
  | 'type-unknown'
  | 'several-in-loop'
  | 'arguments-in-loop'
  | 'public-method'
  | 'path-not-unique'
  | 'recursive'
  | 'method-reference'
  | 'caller-shape'
  | 'helper-shape'
  | 'too-many'
  | 'in-lambda'
  | 'switch-value'
  | 'syntax-error';

export interface Refusal {
  refused: RefusalCode;
  /** Completes "recycleBuffer() is not moved: …". */
  reason: string;
  places: RelatedDraft[];
}

export interface Edit {
  refused?: never;
  edits: TextEdit[];
  /** What the edit costs or leaves to the reader; the gravest first. */
  costs: Cost[];
  /** Proved to mean the same, and nothing outside the file is concerned. */
  safe: boolean;
  /** Methods whose signature changes and that other files of the package may call. */
  signatures: string[];
}

/**
 * What an edit costs. The first two are form only; the others say what may differ, so that an edit with one of them is
 * not safe: `span` is the place that gives rise to it, `method` the callback.
 */
export type CostCode =
  | 'finally'
  | 'block-for-method'
  | 'signature'
  | 'order'
  | 'published-before'
  | 'unknown-before'
  | 'written-before'
  | 'comes-back'
  | 'exception-late'
  | 'shared-argument'
  | 'signals-first'
  | 'asked-under-lock'
  | 'local-remedy';

export interface Cost {
  code: CostCode;
  method: string;
  span?: Span;
  /** Methods whose signature changes. */
  methods?: string[];
}

const FORM: ReadonlySet<CostCode> = new Set(['finally', 'block-for-method']);

/** Whether an edit with these costs needs no look. */
export function isSafe(costs: readonly Cost[]): boolean {
  return costs.every(({ code }) => FORM.has(code));
}

/** Each code once, in the order given. */
export function distinct(costs: readonly Cost[]): Cost[] {
  return costs.filter((cost, index) => costs.findIndex((other) => other.code === cost.code) === index);
}

export type Plan = Edit | Refusal;

export function refuse(refused: RefusalCode, reason: string, places: { span: Span; message: string }[] = []): Refusal {
  return { refused, reason, places };
}

export function isRefusal<T extends object>(plan: T | Refusal): plan is Refusal {
  return 'refused' in plan && plan.refused !== undefined;
}

/** Applies edits that do not overlap to a text; insertions at the same place stay in the order given. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = edits
    .map((edit, index) => ({ edit, index }))
    .sort((left, right) => left.edit.span.start - right.edit.span.start || left.edit.span.end - right.edit.span.end || left.index - right.index);
  let result = '';
  let at = 0;
  for (const { edit } of ordered) {
    result += text.slice(at, edit.span.start) + edit.newText;
    at = edit.span.end;
  }
  return result + text.slice(at);
}
