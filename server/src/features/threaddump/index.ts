import type { LanguageFeatures } from '../types.ts';

export const threadDumpFeatures: LanguageFeatures = {};
