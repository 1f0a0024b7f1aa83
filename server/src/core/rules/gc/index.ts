import type { GcAnalysis } from '../../gc/model.ts';
import type { Rule } from '../../model.ts';
import { collectorInTrouble } from './collectorInTrouble.ts';
import { heapFull } from './heapFull.ts';
import { heapGrows } from './heapGrows.ts';
import { longPauses } from './longPauses.ts';
import { metaspaceFull } from './metaspaceFull.ts';
import { systemGc } from './systemGc.ts';
import { timeInGc } from './timeInGc.ts';

/** Each by its id; their order is that of their list. */
export const GC_RULES = {
  'heap-full': heapFull,
  'metaspace-full': metaspaceFull,
  'heap-grows': heapGrows,
  'much-time-in-gc': timeInGc,
  'collector-in-trouble': collectorInTrouble,
  'long-gc-pause': longPauses,
  'explicit-gc': systemGc,
} as const satisfies Record<string, Rule<GcAnalysis>>;

/** The findings in a garbage-collection log, worst first. */
export const gcRules: readonly Rule<GcAnalysis>[] = Object.values(GC_RULES);
