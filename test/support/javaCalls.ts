import { heldLocks } from '../../server/src/core/analysis/java/locks.ts';
import type { JavaModel } from '../../server/src/core/analysis/java/model.ts';
import { callOf, textOf, walkUnit } from '../../server/src/core/java/syntax.ts';

/** The calls of a method in the order of the text, each with the locks that the method holds there: "poll in queue". */
export function callsUnderLocks({ scope }: JavaModel, name: string): string[] {
  const { source, declarations } = scope;
  const method = declarations.types.flatMap(({ methods }) => methods).find((one) => one.name === name);
  const calls: { at: number; text: string }[] = [];
  if (method?.body != null) {
    walkUnit(method.body, (node) => {
      const call = callOf(source, node);
      if (call !== null) {
        const locks = heldLocks(source, declarations, node).map(({ lock }) => ` in ${lock}`);
        calls.push({ at: call.nameNode.from, text: textOf(source, call.nameNode) + locks.join('') });
      }
      return true;
    });
  }
  return calls.sort((left, right) => left.at - right.at).map(({ text }) => text);
}
