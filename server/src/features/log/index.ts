import type { LogAnalysis } from '../../core/analysis/log/model.ts';
import { methodKey } from '../../core/log/traces/frames.ts';
import type { LanguageFeatures } from '../types.ts';
import { across } from './across.ts';
import { folds } from './folds.ts';
import { hints } from './hints.ts';
import { hover } from './hover.ts';
import { lenses } from './lenses.ts';
import { links } from './links.ts';
import { definition, highlight, references } from './navigate.ts';
import { type LogDocument, placesOf } from './places.ts';
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
  const place = placesOf(document).at(document, offset);
  if (place === null) return null;
  if (place.kind === 'frame') return `method:${methodKey(place.frame)}`;
  if (place.kind !== 'throwable' || place.throwable.className === null) return null;
  const top = place.throwable.frames[0];
  return `thrown:${place.throwable.className}@${top === undefined ? '' : methodKey(top)}`;
}
