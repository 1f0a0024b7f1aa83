import * as v from 'valibot';
import type { Asker } from './asker.ts';
import type { Cases } from './cases.ts';
import { ToolError } from './toolError.ts';
import { MISFIT } from './words.ts';

type Schema = v.GenericSchema<unknown, unknown>;

/** One question that an assistant may ask, however it is asked: over MCP, by an editor's language model, on the command line. */
interface Definition<I extends Schema, O extends Schema> {
  name: string;
  title: string;
  /** What it answers and when it is asked, for the model. */
  description: string;
  /** For the person who allows it. */
  summary: string;
  input: I;
  output: O;
  /** Reads only. @throws ToolError for what the asker can put right */
  run(cases: Cases, input: v.InferOutput<I>, asker: Asker): Promise<v.InferOutput<O>>;
}

export interface Tool extends Omit<Definition<Schema, Schema>, 'run'> {
  /** @param input as it came, held against the schema first */
  run(cases: Cases, input: unknown, asker: Asker): Promise<object>;
}

export function tool<I extends Schema, O extends Schema>(definition: Definition<I, O>): Tool {
  return {
    ...definition,
    run: async (cases, input, asker) => {
      const found = v.safeParse(definition.input, input, { abortEarly: true });
      if (found.success) return (await definition.run(cases, found.output, asker)) as object;
      const [issue] = found.issues;
      throw new ToolError(MISFIT(v.getDotPath(issue), issue.message));
    },
  };
}
