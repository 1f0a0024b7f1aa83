import type { SyntaxNode } from '@lezer/common';
import type { Span } from '../../../../../../common/span.ts';
import { hasError, isUnit, textOf, unitOf } from '../../../java/syntax.ts';
import type { HeldLock } from '../locks.ts';
import type { JavaModel } from '../model.ts';
import { Imports } from './imports.ts';
import { indentAt, type Layout, layoutAt } from './layout.ts';
import { Names } from './names.ts';
import { type PlannedEdit, type Refusal, refuse } from './plan.ts';

/** The stretch of statements that a call leaves. */
export interface Region {
  kind: HeldLock['kind'] | 'statement';
  first: SyntaxNode;
  last: SyntaxNode;
  /** Node whose elements the region consists of. */
  container: SyntaxNode;
  wrappable: boolean;
  span: Span;
  lock: string;
}

/** What the parts of one edit share. */
export interface Context {
  model: JavaModel;
  layout: Layout;
  names: Names;
  imports: Imports;
}

/** A call taken out of a region: what is declared before it, what stands in its place, what comes after. Lines are relative to the region. */
export interface Deferred {
  declarations: string[];
  inPlace: PlannedEdit[];
  after: string[];
}

export function contextAt(model: JavaModel, at: SyntaxNode): Context | Refusal {
  let unit = unitOf(at);
  // Names must be free in the whole method, so lambdas are left for the method around them.
  while (unit.name === 'LambdaExpression' && unit.parent !== null) unit = unitOf(unit);
  if (!isUnit(unit) || hasError(unit)) return refuse('syntax-error', { code: 'syntax-error', facts: {} });
  const { source } = model.scope;
  // What is behind may use what an edit changes.
  if (source.givenUp !== null) return refuse('syntax-error', { code: 'file-unread', facts: {} });
  const around = source.switches.find(({ start, end }) => start <= at.from && at.to <= end);
  if (around !== undefined)
    return refuse('switch-value', { code: 'switch-value', facts: {} }, [{ span: { start: at.from, end: at.to }, code: 'call', facts: {} }]);
  return { model, layout: layoutAt(source, at, model.width), names: new Names(source, unit), imports: new Imports(model.scope) };
}

export function regionOf(lock: HeldLock): Region | Refusal {
  if (lock.region === null) {
    return refuse('lock-unclear', { code: 'lock-unclear', facts: { lock: lock.lock } }, [
      { span: lock.span, code: 'held-from', facts: { lock: lock.lock } },
    ]);
  }
  const { first, last } = lock.region;
  const container = lock.kind === 'synchronized-method' ? first : (first.parent ?? first);
  return { kind: lock.kind, first, last, container, wrappable: lock.wrappable, span: { start: first.from, end: last.to }, lock: lock.lock };
}

/** A single statement as a region: for callers that hold no lock. */
export function statementRegion(statement: SyntaxNode): Region {
  return {
    kind: 'statement',
    first: statement,
    last: statement,
    container: statement.parent ?? statement,
    wrappable: true,
    span: { start: statement.from, end: statement.to },
    lock: '',
  };
}

/** Source text of a node with its lines moved left to column 0 of the first. */
export function dedented(context: Context, node: { from: number; to: number }): string {
  const { text } = context.model.scope.source;
  const indent = indentAt(text, node.from);
  const own = text.slice(node.from, node.to);
  return indent === '' ? own : own.replaceAll(`\n${indent}`, '\n');
}

export function sourceText(context: Context, node: SyntaxNode): string {
  return textOf(context.model.scope.source, node);
}
