import type { LanguageFeatures } from '../types.ts';

export const jobGraphFeatures: LanguageFeatures = {};
