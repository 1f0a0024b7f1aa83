import type { Fold } from '../types.ts';
import { type DumpDocument, placesOf } from './places.ts';

/** One fold a dump where there are several, one a thread, one for the JVM's deadlock section. */
export function folds(document: DumpDocument): Fold[] {
  const places = placesOf(document);
  const result: Fold[] = [];
  for (const { analysed } of places.dumps) {
    if (places.dumps.length > 1) result.push({ span: analysed.dump.span });
    if (analysed.dump.section !== null) result.push({ span: analysed.dump.section.span });
  }
  for (const { thread } of places.blocks) result.push({ span: thread.span });
  return result;
}
