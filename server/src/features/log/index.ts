import type { LogAnalysis } from '../../core/analysis/log/model.ts';
import { methodKey } from '../../core/log/traces/frames.ts';
import type { LanguageFeatures } from '../types.ts';
import { across } from './across.ts';
import { elementsOf, type LogDocument } from './elements.ts';
import { folds } from './folds.ts';
import { hints } from './hints.ts';
import { hover } from './hover.ts';
import { lenses } from './lenses.ts';
import { links } from './links.ts';
import { definition, highlight, references } from './navigate.ts';
import { symbols } from './symbols.ts';

export const flinkLogFeatures: LanguageFeatures<LogAnalysis> = {
  hover,
  definition,
  references,
  highlight,
  across,
  symbols,
  folds,
  lenses,
  hints,
  links,
  nodeAt,
};

/** The node of the call graph for what is at an offset. */
function nodeAt(document: LogDocument, view: string, offset: number): string | null {
  if (view !== 'calls') return null;
  const element = elementsOf(document).at(document, offset);
  if (element === null) return null;
  if (element.kind === 'frame') return `method:${methodKey(element.frame)}`;
  if (element.kind !== 'throwable' || element.throwable.className === null) return null;
  const top = element.throwable.frames[0];
  return `thrown:${element.throwable.className}@${top === undefined ? '' : methodKey(top)}`;
}
