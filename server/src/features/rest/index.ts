import type { RestAnalysis } from '../../core/analysis/rest/model.ts';
import type { LanguageFeatures } from '../types.ts';

export const restFeatures: LanguageFeatures<RestAnalysis> = {};
