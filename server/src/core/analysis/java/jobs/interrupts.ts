/** Catch clauses that take an InterruptedException and go on as if nothing had been. */
import type { SyntaxNode } from '@lezer/common';
import { callOf, isLoop, isUnit, parts, squeezed, textOf, walk, walkUnit } from '../../../java/syntax.ts';
import type { JavaModel } from '../model.ts';
import { functionAt } from './functions.ts';
import { reachedPerRecord } from './reach.ts';

export interface DroppedInterrupt {
  clause: SyntaxNode;
  /** Where the name of the exception's type stands. */
  type: SyntaxNode;
  /** The loop around it goes on. */
  loop: SyntaxNode | null;
  /** That loop has no end of its own: `while (true)`. */
  isEndless: boolean;
  /** A class that Flink runs; else some other code. */
  inFunction: boolean;
  /** It comes again for every record, so that one interrupt is lost and the next waiting is not cut short. */
  perRecord: boolean;
}

export function droppedInterrupts(model: JavaModel): DroppedInterrupt[] {
  const { source } = model.scope;
  const result: DroppedInterrupt[] = [];
  for (const match of source.text.matchAll(/\bInterruptedException\b/g)) {
    const node = source.tree.resolveInner(match.index + 1, 0);
    const type = node.parent?.name === 'CatchType' ? node.parent : node.parent?.name === 'CatchFormalParameter' ? node.parent : null;
    const clause = clauseOf(type);
    const body = clause?.getChild('Block') ?? null;
    if (type === null || clause === null || body === null || result.some((one) => one.clause.from === clause.from)) continue;
    if (!isDropped(model, clause, body)) continue;
    const loop = loopThatGoesOn(model, clause);
    const isEndless = loop !== null && /^(while\(true\)|for\([^;]*;;)/.test(squeezed(source, loop).slice(0, 60));
    result.push({
      clause,
      type: node,
      loop,
      isEndless,
      inFunction: functionAt(model, clause) !== null,
      perRecord: reachedPerRecord(model, clause) !== null,
    });
  }
  return result;
}

function clauseOf(node: SyntaxNode | null): SyntaxNode | null {
  for (let at = node; at !== null && !isUnit(at); at = at.parent) if (at.name === 'CatchClause') return at;
  return null;
}

/** Whether the clause neither passes the interrupt on, nor leaves, nor keeps it, nor ends what it stands in. */
function isDropped(model: JavaModel, clause: SyntaxNode, body: SyntaxNode): boolean {
  const { source } = model.scope;
  const name = clause.getChild('CatchFormalParameter')?.getChild('Definition');
  const variable = name === null || name === undefined ? '' : textOf(source, name);
  let kept = false;
  walk(body, (node) => {
    if (/^(Throw|Return|Break)Statement$/.test(node.name)) kept = true;
    if (node.name === 'AssignmentExpression') kept = true;
    const call = callOf(source, node);
    if (call !== null) {
      if (
        /^(interrupt|rethrow\w*|propagate\w*|fail\w*|cancel|complete\w*|close|stop|exit|halt|onError|handle\w*Error|addSuppressed|fatal\w*)$/i.test(
          call.name,
        )
      )
        kept = true;
      // Handed on, other than to be logged.
      const logged = call.receiver !== null && /^(LOG|LOGGER|log|logger|System\.(err|out))$/.test(squeezed(source, call.receiver));
      if (!logged && call.arguments.some((argument) => textOf(source, argument) === variable)) kept = true;
    }
    return !kept;
  });
  if (kept) return false;
  // Thread.join() in a loop with the flag set afterwards, or a flag kept for later, are seen by what follows.
  const unit = enclosingUnit(clause);
  return !/\.interrupt\(\)/.test(textOf(source, unit));
}

function enclosingUnit(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (at.parent !== null && !isUnit(at)) at = at.parent;
  return at;
}

/** A loop around the try whose condition does not ask whether the thread is interrupted. */
function loopThatGoesOn(model: JavaModel, clause: SyntaxNode): SyntaxNode | null {
  const { source } = model.scope;
  for (let at = clause.parent; at !== null && !isUnit(at); at = at.parent) {
    if (!isLoop(at.name)) continue;
    let asks = false;
    walkUnit(at, (node) => {
      const call = callOf(source, node);
      if (call !== null && /^(isInterrupted|interrupted)$/.test(call.name)) asks = true;
      return !asks;
    });
    const condition = at.getChild('ParenthesizedExpression');
    const only = condition === null ? '' : squeezed(source, condition);
    // while (running): cancel() ends it at its next turn; only the waiting is not cut short.
    const ends = at.name === 'WhileStatement' && /^\(!?(this\.)?\w+\)$/.test(only) && only !== '(true)';
    return asks || ends ? null : parts(at).length > 0 ? at : null;
  }
  return null;
}
