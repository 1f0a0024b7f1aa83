import type { LanguageFeatures } from '../types.ts';

export const gcLogFeatures: LanguageFeatures = {};
