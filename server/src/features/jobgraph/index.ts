import type { JobGraphAnalysis } from '../../core/analysis/jobgraph/model.ts';
import type { LanguageFeatures } from '../types.ts';
import { folds } from './folds.ts';
import { hints } from './hints.ts';
import { hover } from './hover.ts';
import { lenses } from './lenses.ts';
import { definition, highlight, references } from './navigate.ts';
import { nodeAt } from './nodeAt.ts';
import { symbols } from './symbols.ts';

export const jobGraphFeatures: LanguageFeatures<JobGraphAnalysis> = {
  hover,
  definition,
  references,
  highlight,
  symbols,
  folds,
  lenses,
  hints,
  nodeAt,
};
