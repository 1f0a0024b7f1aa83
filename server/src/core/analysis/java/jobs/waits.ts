/** Waiting while a lock is held. */
import type { SyntaxNode } from '@lezer/common';
import type { Span } from '../../../../../../common/span.ts';
import { isLoop, isUnit, type JavaSource, spanOf, squeezed, textOf, unitOf, walk } from '../../../java/syntax.ts';
import { heldPaths } from '../guarded.ts';
import { type HeldLock, heldLocks } from '../locks.ts';
import type { HeldPath, JavaModel } from '../model.ts';
import { type BlockingCall, blockingCalls } from './blocking.ts';

/** Another thread that needs the lock before what is waited for can happen. */
export interface OtherSide {
  /** Where it takes the lock. */
  span: Span;
  /** It is a task of the very executor that is waited for. */
  isSameExecutor: boolean;
}

export interface WaitUnderLock {
  blocking: BlockingCall;
  path: HeldPath;
  lock: HeldLock;
  /** The lock is the one that checkpoints and the emission of records need. */
  isCheckpointLock: boolean;
  /** Again and again, until something works. */
  inLoop: boolean;
  otherSide: OtherSide | null;
}

const CHECKPOINT_LOCK = /[cC]heckpointLock\b|getCheckpointLock\(\)/;

export function waitsUnderLock(model: JavaModel): WaitUnderLock[] {
  const result: WaitUnderLock[] = [];
  for (const blocking of blockingCalls(model)) {
    if (blocking.kind === 'http' || blocking.kind === 'jdbc') continue;
    const [path] = heldPaths(model, blocking.call.node);
    const lock = path?.locks.at(-1);
    if (path === undefined || lock === undefined || lock.inLambda === true) continue;
    const first = path.steps[0]?.node ?? blocking.call.node;
    result.push({
      blocking,
      path,
      lock,
      isCheckpointLock: path.locks.some((one) => CHECKPOINT_LOCK.test(one.lock)),
      inLoop: inLoop(blocking.call.node),
      otherSide: /^(termination|thread|future|latch)$/.test(blocking.kind) ? otherSide(model, lock, first, blocking) : null,
    });
  }
  return result;
}

function inLoop(node: SyntaxNode): boolean {
  for (let at = node.parent; at !== null && !isUnit(at); at = at.parent) if (isLoop(at.name)) return true;
  return false;
}

/** A lambda or class of the file that takes the same lock, and so cannot end while the waiting goes on. */
function otherSide(model: JavaModel, lock: HeldLock, at: SyntaxNode, { call }: BlockingCall): OtherSide | null {
  const { source, declarations } = model.scope;
  const executor = call.receiver === null ? '' : squeezed(source, call.receiver).replace(/^this\./, '');
  const wanted = nameOf(source, lock, at);
  let found: OtherSide | null = null;
  walk(source.tree.topNode, (node) => {
    if (found?.isSameExecutor === true) return false;
    if (node.name !== 'SynchronizedStatement') return true;
    const unit = unitOf(node);
    const task = unit.name === 'LambdaExpression' ? unit : taskOf(unit);
    if (task === null || (task.from <= at.from && at.to <= task.to)) return true;
    const body = node.getChild('Block');
    const own = body === null ? undefined : heldLocks(source, declarations, body)[0];
    if (own === undefined || nameOf(source, own, node) !== wanted) return true;
    const given = task.parent?.name === 'ArgumentList' ? task.parent.parent : null;
    const isSameExecutor =
      given !== null &&
      executor !== '' &&
      squeezed(source, given)
        .replace(/^this\./, '')
        .startsWith(`${executor}.`);
    found = { span: own.span, isSameExecutor };
    return true;
  });
  return found;
}

/** `run()` of an anonymous class that is handed over: the creation. */
function taskOf(unit: SyntaxNode): SyntaxNode | null {
  const creation = unit.name === 'MethodDeclaration' && unit.parent?.name === 'ClassBody' ? unit.parent.parent : null;
  return creation?.name === 'ObjectCreationExpression' ? creation : null;
}

/** A name that is the same wherever the same lock is named: "JdbcFormat.this" for `this` and synchronized methods. */
function nameOf(source: JavaSource, lock: HeldLock, at: SyntaxNode): string {
  if (lock.lock !== 'this' && lock.kind !== 'synchronized-method') return lock.lock.replace(/^(\w+\.)?this\.(?=\w)/, '');
  for (let node: SyntaxNode | null = at; node !== null; node = node.parent) {
    if (node.name === 'ObjectCreationExpression' && node.getChild('ClassBody') !== null) return `anonymous ${node.from}`;
    if (node.name === 'ClassDeclaration') return `${textOf(source, node.getChild('Definition') ?? node)}.this`;
  }
  return 'this';
}

export const placeOf = (wait: WaitUnderLock): Span => spanOf(wait.blocking.call.nameNode);
