import type { Span } from '../../../../../../common/span.ts';
import type { Coded, NoFacts } from '../../../wording.ts';

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

/** Why exactly, by what is in the way. Names are of methods, locks and expressions of the file. */
export interface ReasonFacts {
  'syntax-error': NoFacts;
  /** The parser gave up before its end. */
  'file-unread': NoFacts;
  'switch-value': NoFacts;
  /** Where it is taken and given back. */
  'lock-unclear': { lock: string };
  'held-by-caller': NoFacts;
  'many-calls': { most: number };
  'many-changes': { most: number };
  'many-methods': { most: number };
  /** The block may be left before the lock is given back. */
  'no-finally': { lock: string };
  'result-used': { method: string };
  /** A call on nothing, whose exception is handled inside the block. */
  'null-handled': { method: string };
  'exception-handled': { method: string };
  'handled-in-helper': { method: string; helper: string };
  'several-in-loop': NoFacts;
  'several-in-helper': { helper: string };
  'in-lambda': NoFacts;
  /** In a lambda or an initializer: no method that could hand anything over. */
  'no-helper': NoFacts;
  'not-handed-over': { method: string; helper: string };
  signals: { method: string };
  relocked: { lock: string };
  'pool-asked': { method: string };
  'state-read': { method: string };
  'receiver-type-unknown': { method: string };
  'type-unknown': { expression: string };
  'type-parameter': { type: string; helper: string };
  'type-arguments': NoFacts;
  'arguments-in-loop': { method: string };
  'iterated-unclear': NoFacts;
  visible: { method: string; visibility: string };
  'of-supertype': { method: string };
  'method-reference': { method: string };
  recursive: { method: string };
  ambiguous: { method: string };
  labelled: NoFacts;
  'in-expression': { method: string };
  'first-value': { method: string };
  'waits-later': NoFacts;
  'receiver-used': { receiver: string; method: string };
  'no-caller': NoFacts;
}
export type Reason = Coded<ReasonFacts>;

/** What stands at a place that is in the way. */
export interface ReasonPlaceFacts {
  call: NoFacts;
  'one-call': NoFacts;
  'another-call': NoFacts;
  called: { method: string };
  'recursive-call': NoFacts;
  'held-from': { lock: string };
  leaves: NoFacts;
  result: NoFacts;
  handled: NoFacts;
  wakes: NoFacts;
  asks: NoFacts;
  here: NoFacts;
  'pool-asked': NoFacts;
  read: { name: string };
  used: { name: string };
  type: NoFacts;
  declared: { method: string };
  'may-reach': { method: string };
  label: NoFacts;
  waits: NoFacts;
}
export type ReasonPlace = Coded<ReasonPlaceFacts> & { span: Span };

export interface Refusal {
  refused: RefusalCode;
  reason: Reason;
  places: ReasonPlace[];
}

/** What one change of an edit is for; `method`: the callback, or the method that is called. */
export interface PurposeFacts {
  'take-out': { method: string };
  'remember-due': { method: string };
  'remember-receiver': { method: string };
  count: { method: string };
  collect: { method: string };
  /** The call alone is left: the lock guards nothing else. */
  'without-lock': NoFacts;
  declare: NoFacts;
  'call-after': NoFacts;
  'call-after-however': NoFacts;
  'lock-block': NoFacts;
  'return-due': { method: string };
  'may-be-none': NoFacts;
  'leave-to-caller': { method: string };
  'nothing-due': NoFacts;
  'document-result': NoFacts;
  'call-returned': NoFacts;
  'keep-returned': { method: string };
  'collect-returned': { method: string };
  'list-parameter': { method: string };
  'pass-list': { method: string };
  'document-parameter': NoFacts;
  'line-width': NoFacts;
  import: { name: string };
  'take-flag': NoFacts;
  'keep-when-waiting': NoFacts;
  'pass-flag': NoFacts;
}
export type Purpose = Coded<PurposeFacts>;

export interface PlannedEdit {
  span: Span;
  newText: string;
  purpose: Purpose;
}

export interface Edit {
  refused?: never;
  edits: PlannedEdit[];
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

export function refuse(refused: RefusalCode, reason: Reason, places: ReasonPlace[] = []): Refusal {
  return { refused, reason, places };
}

export function isRefusal<T extends object>(plan: T | Refusal): plan is Refusal {
  return 'refused' in plan && plan.refused !== undefined;
}

/** Applies edits that do not overlap to a text; insertions at the same place stay in the order given. */
export function applyEdits(text: string, edits: readonly Pick<PlannedEdit, 'span' | 'newText'>[]): string {
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
