import type { SyntaxNode } from '@lezer/common';
import { resolveVariable, type Scope } from '../../../java/scope.ts';
import { callOf, parts, spanOf, squeezed, textOf, walkUnit } from '../../../java/syntax.ts';
import type { LockCallback } from '../../../knowledge/lockCallbacks.ts';
import type { JavaModel } from '../model.ts';
import { type Refusal, refuse } from './plan.ts';
import { after, cannotComeLater, type RegionNodes } from './proof.ts';
import { type Surroundings, waitsLater } from './surroundings.ts';

/** Reasons in the code after a call not to make it later; null when there is none. */
export function laterUse(
  model: JavaModel,
  entry: LockCallback,
  receiver: SyntaxNode | null,
  around: Surroundings,
  region: RegionNodes,
  moved: (call: SyntaxNode) => boolean,
): Refusal | null {
  const { source } = model.scope;
  const waits = waitsLater(source, after(around));
  if (waits !== null) {
    return refuse('waits-later', { code: 'waits-later', facts: {} }, [{ span: spanOf(waits), code: 'waits', facts: {} }]);
  }
  return receiverUse(model.scope, entry, receiver, around, moved) ?? cannotComeLater(model, entry, around, region, moved);
}

/** A call of the receiver after the callback, which may have changed it. */
function receiverUse(
  scope: Scope,
  entry: LockCallback,
  receiver: SyntaxNode | null,
  around: Surroundings,
  moved: (call: SyntaxNode) => boolean,
): Refusal | null {
  const { source } = scope;
  let text = receiver === null || receiver.name === 'this' || receiver.name === 'super' ? null : squeezed(source, receiver);
  for (const root of around.later) {
    let result: Refusal | null = null;
    walkUnit(root, (node) => {
      if (result !== null || text === null) return false;
      const call = callOf(source, node);
      if (call !== null && moved(call.node)) return false;
      if (assignsAnew(scope, node, text)) text = null;
      else if (call?.receiver != null && squeezed(source, call.receiver) === text && !/^(equals|hashCode|toString)$/.test(call.name)) {
        result = refuse('receiver-read-later', { code: 'receiver-used', facts: { receiver: text, method: entry.method } }, [
          { span: spanOf(node), code: 'used', facts: { name: text } },
        ]);
      }
      return result === null;
    });
    if (result !== null) return result;
  }
  return null;
}

/** `text = …` with a value that does not ask the old one. */
function assignsAnew(scope: Scope, node: SyntaxNode, text: string): boolean {
  if (node.name !== 'AssignmentExpression') return false;
  const own = squeezed(scope.source, node);
  return own.startsWith(`${text}=`) && !own.slice(text.length + 1).includes(`${text}.`);
}

const CHECKED =
  /^(IOException|InterruptedException|ExecutionException|TimeoutException|FileNotFoundException|ClassNotFoundException|CloneNotSupportedException|URISyntaxException|MalformedURLException)$/;

export interface Handlers {
  /** The try statement that stands only for the call, to be moved with it. */
  moveTry: SyntaxNode | null;
}

/** What to do about catch clauses around the call inside the region. */
export function handlers(scope: Scope, entry: LockCallback, statement: SyntaxNode, around: Surroundings): Handlers | Refusal {
  let moveTry: SyntaxNode | null = null;
  for (const node of around.tries) {
    const catches = node.getChildren('CatchClause');
    const concerned = catches.filter((clause) => mayCatch(scope, clause, entry));
    if (concerned.length === 0) continue;
    if (
      moveTry === null &&
      onlyStatement(node, statement) &&
      node.getChild('FinallyClause') === null &&
      node.name === 'TryStatement' &&
      catches.every((clause) => selfContained(scope, clause))
    ) {
      moveTry = node;
      continue;
    }
    if (entry.throws.length === 0 && concerned.every((clause) => rethrows(scope, clause))) continue;
    const first = concerned[0] as SyntaxNode;
    return refuse('exception-handled', { code: 'exception-handled', facts: { method: entry.method } }, [
      { span: { start: first.from, end: first.getChild('Block')?.from ?? first.to }, code: 'handled', facts: {} },
    ]);
  }
  return { moveTry };
}

/** Whether a clause can see an exception of the call: unchecked ones, or those the method declares. */
function mayCatch(scope: Scope, clause: SyntaxNode, entry: LockCallback): boolean {
  const types = clause.getChild('CatchFormalParameter')?.getChild('CatchType');
  const names = types === null || types === undefined ? [] : parts(types).map((type) => textOf(scope.source, type).replace(/^.*\./, ''));
  return (
    names.length === 0 ||
    names.some((name) => !CHECKED.test(name) || entry.throws.includes(name) || entry.throws.includes('Exception') || entry.issues.length === 0)
  );
}

function onlyStatement(node: SyntaxNode, statement: SyntaxNode): boolean {
  const body = node.getChild('Block');
  const inner = body === null ? [] : parts(body);
  return inner.length === 1 && inner[0]?.from === statement.from && inner[0].to === statement.to;
}

/** `throw e;` or `ExceptionUtils.rethrow(e);` and nothing else. */
function rethrows(scope: Scope, clause: SyntaxNode): boolean {
  const name = clause.getChild('CatchFormalParameter')?.getChild('Definition');
  const body = clause.getChild('Block');
  if (name === null || name === undefined || body === null) return false;
  const inner = parts(body);
  const text = inner.length === 1 && inner[0] !== undefined ? squeezed(scope.source, inner[0]) : '';
  const variable = textOf(scope.source, name);
  return text === `throw${variable};` || text === `ExceptionUtils.rethrow(${variable});`;
}

/** A catch clause that uses nothing but its exception, loggers and classes, and does not jump. */
function selfContained(scope: Scope, clause: SyntaxNode): boolean {
  const { source } = scope;
  const body = clause.getChild('Block');
  const parameter = clause.getChild('CatchFormalParameter')?.getChild('Definition');
  if (body === null || parameter === null || parameter === undefined) return false;
  const own = textOf(source, parameter);
  let fine = true;
  walkUnit(body, (node) => {
    if (/^(Return|Break|Continue|Assignment|Update)/.test(node.name)) fine = false;
    if (node.name === 'Identifier' && node.parent?.name !== 'MethodName' && node.parent?.name !== 'FieldAccess') {
      const text = textOf(source, node);
      const variable = resolveVariable(scope, node, text);
      const constant = variable?.field?.modifiers.has('static') === true && variable.final;
      if (text !== own && !constant && !/^(LOG|LOGGER|log|logger)$/.test(text) && (variable !== null || !/^[A-Z]/.test(text))) fine = false;
    }
    if (node.name === 'MethodInvocation' && callOf(source, node)?.receiver === null) fine = false;
    return fine;
  });
  return fine;
}
