import type { GcAnalysis } from '../../gc/model.ts';
import type { Rule } from '../../model.ts';
import { collectorInTrouble } from './collectorInTrouble.ts';
import { heapFull } from './heapFull.ts';
import { heapGrows } from './heapGrows.ts';
import { longPauses } from './longPauses.ts';
import { metaspaceFull } from './metaspaceFull.ts';
import { systemGc } from './systemGc.ts';
import { timeInGc } from './timeInGc.ts';

/** The findings in a garbage-collection log, worst first. */
export const gcRules: readonly Rule<GcAnalysis>[] = [heapFull, metaspaceFull, heapGrows, timeInGc, collectorInTrouble, longPauses, systemGc];
