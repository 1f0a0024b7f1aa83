import type { LanguageFeatures } from '../types.ts';

export const javaSourceFeatures: LanguageFeatures = {};
