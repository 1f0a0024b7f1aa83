import type { Fold } from '../types.ts';
import { type DumpDocument, elementsOf } from './elements.ts';

/** One fold a dump where there are several, one a thread, one for the JVM's deadlock section. */
export function folds(document: DumpDocument): Fold[] {
  const elements = elementsOf(document);
  const result: Fold[] = [];
  for (const { analysed } of elements.dumps) {
    if (elements.dumps.length > 1) result.push({ span: analysed.dump.span });
    if (analysed.dump.section !== null) result.push({ span: analysed.dump.section.span });
  }
  for (const { thread } of elements.blocks) result.push({ span: thread.span });
  return result;
}
