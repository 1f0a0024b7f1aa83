import type { Span } from '../../../../../../common/span.ts';
import type { RelatedDraft, TextEdit } from '../../../model.ts';

/** Why a call cannot be moved without changing what the program does. */
export type RefusalCode =
  | 'result-used'
  | 'not-a-statement'
  | 'waits-later'
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
  /** What the edit costs or leaves to the reader. */
  cost: string | null;
  /** Nothing outside the file can be concerned. */
  safe: boolean;
  /** Methods whose signature changes and that other files of the package may call. */
  signatures: string[];
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
