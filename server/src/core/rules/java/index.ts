import type { JavaModel } from '../../analysis/java/model.ts';
import type { Rule } from '../../model.ts';
import { callbackUnderLock } from './callbackUnderLock.ts';

/** The findings in Java source. */
export const javaRules: readonly Rule<JavaModel>[] = [callbackUnderLock];
