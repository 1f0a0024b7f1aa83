import type { Tool } from '../tool.ts';
import { compare } from './compare.ts';
import { explain } from './explain.ts';
import { findings } from './findings.ts';
import { fix } from './fix.ts';
import { graph } from './graph.ts';
import { log } from './log.ts';
import { open } from './open.ts';
import { threads } from './threads.ts';
import { timeline } from './timeline.ts';

/** Every tool once, in the order in which a diagnosis asks. */
export const TOOLS: readonly Tool[] = [open, findings, explain, threads, log, timeline, compare, graph, fix];
