import type { SyntaxNode } from '@lezer/common';
import type { JavaSource } from '../../../java/syntax.ts';
import { textOf } from '../../../java/syntax.ts';

/** Gives out names for new locals that nothing in a stretch of code uses. */
export class Names {
  readonly #used: Set<string>;

  constructor(source: JavaSource, within: SyntaxNode) {
    this.#used = new Set(textOf(source, within).match(/[A-Za-z_$][\w$]*/g) ?? []);
  }

  fresh(wanted: string): string {
    let name = wanted;
    for (let number = 2; this.#used.has(name); number++) name = `${wanted}${number}`;
    this.#used.add(name);
    return name;
  }
}

/** Name for the local that keeps a receiver: "bufferToRecycle" for recycleBuffer(), "ownerToCall" for owner.releaseMemory(). */
export function receiverName(method: string, receiver: string): string {
  const recycled = /^recycle([A-Z]\w*)$/.exec(method)?.[1];
  if (recycled !== undefined) return `${lower(recycled)}ToRecycle`;
  const plain = /^(?:this\.)?([a-z]\w*)$/.exec(receiver)?.[1];
  return plain === undefined ? 'receiverToCall' : `${plain}ToCall`;
}

/** "recycleBuffer" -> "buffersToRecycle". */
export function listName(method: string): string {
  const recycled = /^recycle([A-Z]\w*)$/.exec(method)?.[1];
  return recycled === undefined ? `${method}Later` : `${lower(recycled)}sToRecycle`;
}

/** "notifyDataAvailable" -> "shouldNotifyDataAvailable". */
export function flagName(method: string): string {
  return `should${method.charAt(0).toUpperCase()}${method.slice(1)}`;
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
