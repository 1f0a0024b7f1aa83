import type { LanguageFeatures } from '../types.ts';

export const flinkLogFeatures: LanguageFeatures = {};
