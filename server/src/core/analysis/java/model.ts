import type { SyntaxNode } from '@lezer/common';
import type { Span } from '../../../../../common/span.ts';
import type { OpenedSource } from '../../java/open.ts';
import type { Scope } from '../../java/scope.ts';
import type { Call } from '../../java/syntax.ts';
import type { LockCallback } from '../../knowledge/lockCallbacks.ts';
import type { AnalysisBase } from '../../model.ts';
import type { CallGraph } from './callGraph.ts';
import type { HeldLock } from './locks.ts';

/** A call in the text of a method that {@link LOCK_CALLBACKS} knows. */
export interface CallbackCall {
  entry: LockCallback;
  call: Call;
  /** `buffers.forEach(Buffer::recycleBuffer)`: `call` is the forEach. */
  each: boolean;
}

/** One way on which a lock comes to be held at a call. */
export interface HeldPath {
  /** Calls from the method that holds the lock down to the method of the callback; empty when it is the same method. */
  steps: Call[];
  /** Locks held in the method at the start of the path, innermost first. */
  locks: HeldLock[];
}

/** A callback made while a lock is held. */
export interface GuardedCall {
  callback: CallbackCall;
  /** Shortest first; capped at {@link MAX_PATHS}. */
  paths: HeldPath[];
  morePaths: number;
}

export const MAX_PATHS = 8;

/** One step on the way to a lock. */
export interface Step {
  uri: string;
  /** "DefaultLeaderElectionService.stop". */
  method: string;
  /** Of the call, or of the lock at the end. */
  span: Span;
  /** The call may reach methods of several classes, and which one is not told. */
  isOpen?: true;
  /** The call stands in a catch: it is made after a failure only. */
  isRare?: true;
}

export interface Opposite {
  /** The call of the file at hand, made under `lock`. */
  call: Call;
  lock: string;
  lockSpan: Span;
  /** The lock that the call takes on its way, and the way to it. */
  taken: string;
  way: Step[];
  /** Where the other lock is held, and the way from there to `lock`; empty when both sides run the same code. */
  back: Step[];
  /** Whether the calls of `back` that may reach several classes are more than known callbacks, which reach what is registered. */
  isOpen: boolean;
  /** The other side begins in a method that only the file at hand calls, so that its class can keep the two apart. */
  isOwn: boolean;
  /** A step of the two ways is taken after a failure only. */
  isRare: boolean;
}

/** A call under a lock whose implementation makes a known callback on the very class that makes the call. */
export interface ComesBack {
  call: Call;
  lock: string;
  lockSpan: Span;
  callback: string;
  way: Step[];
}

/** What other files tell about the locks of one. */
export interface LockOrder {
  /** Files that were looked at. */
  files: number;
  opposites: Opposite[];
  comesBack: ComesBack[];
  /** Starts of calls under a lock whose implementations are in the files. */
  known: Set<number>;
}

export interface JavaModel {
  uri: string;
  scope: Scope;
  graph: CallGraph;
  guarded: GuardedCall[];
  /** What other files tell about the order of locks; null when none were looked at. */
  order: LockOrder | null;
  /** Longest line that the project allows; null when nothing tells. */
  width: number | null;
}

/** A source, in a file of its own or within another text. */
export interface JavaUnit extends OpenedSource {
  /** Null when nothing in the source called for parsing it. Its places are those of the source, not of the file. */
  model: JavaModel | null;
}

export interface JavaAnalysis extends AnalysisBase<'java-source'> {
  /** The sources of the text: one, or those that stand within something else. */
  units: JavaUnit[];
}

/** Nodes are made anew at every look at the tree; their place tells whether two are the same. */
export function sameNode(left: SyntaxNode, right: SyntaxNode): boolean {
  return left.from === right.from && left.to === right.to && left.type === right.type;
}
