import type { ToolAnswer } from '../../../../common/contracts.ts';
import type { Asker } from '../asker.ts';
import type { Cases } from '../cases.ts';
import type { Tool } from '../tool.ts';
import { ToolError } from '../toolError.ts';
import { CASES } from '../words.ts';
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

/** Asks a tool by its name. Rejects for what nobody can put right. */
export async function askTool(cases: Cases, name: string, input: unknown, asker: Asker): Promise<ToolAnswer> {
  const tool = TOOLS.find((one) => one.name === name);
  if (tool === undefined) return { wrong: CASES.noTool(name) };
  try {
    return { answer: await tool.run(cases, input, asker) };
  } catch (error) {
    if (error instanceof ToolError) return { wrong: error.message };
    throw error;
  }
}
