import { table } from '../../../../common/table.ts';
import type { RuleTexts } from '../model.ts';
import { TEXTS as gc } from './gc/texts.zh.ts';
import { TEXTS as java } from './java/texts.zh.ts';
import { TEXTS as jobGraph } from './jobgraph/texts.zh.ts';
import { TEXTS as log } from './log/texts.zh.ts';
import { TEXTS as rest } from './rest/texts.zh.ts';
import { TEXTS as threadDump } from './threaddump/texts.zh.ts';

/** What all rules are, in Chinese, by their ids. */
export const TEXTS = table<RuleTexts>({ ...threadDump, ...log, ...gc, ...java, ...jobGraph, ...rest });
