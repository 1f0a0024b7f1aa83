import type { ThreadDumpAnalysis } from '../../core/analysis/threaddump/model.ts';
import type { LanguageFeatures } from '../types.ts';
import { actions } from './actions.ts';
import { definition } from './definition.ts';
import { folds } from './folds.ts';
import { hints } from './hints.ts';
import { hover } from './hover.ts';
import { lenses } from './lenses.ts';
import { links } from './links.ts';
import { nodeAt } from './nodeAt.ts';
import { highlight, references } from './references.ts';
import { symbols } from './symbols.ts';
import { tokens } from './tokens.ts';

export const threadDumpFeatures: LanguageFeatures<ThreadDumpAnalysis> = {
  hover,
  definition,
  references,
  highlight,
  symbols,
  folds,
  tokens,
  lenses,
  hints,
  links,
  actions,
  nodeAt,
};
