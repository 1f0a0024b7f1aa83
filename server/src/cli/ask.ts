import { parseArgs } from 'node:util';
import { Cases } from '../assistant/cases.ts';
import { anywhere } from '../assistant/reach.ts';
import { declarationOf } from '../assistant/schema.ts';
import { ToolError } from '../assistant/toolError.ts';
import { TOOLS } from '../assistant/tools/index.ts';
import { UsageError } from './errors.ts';
import { Inputs } from './inputs.ts';
import { ASK_OPTIONS } from './options.ts';
import { similar } from './similar.ts';
import { outJson } from './terminal.ts';
import { USAGE } from './words.ts';

const PREFIX = 'logjam_';

/** `logjam ask`: one question of an assistant's tools about files, with the answer as JSON; without a question, what can be asked. */
export async function ask(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: ASK_OPTIONS });
  const [name, ...paths] = positionals;
  const inputs = new Inputs(values);
  if (name === undefined) {
    outJson(TOOLS.map(declarationOf), 2);
    return 0;
  }
  const tool = TOOLS.find((one) => one.name === name || one.name === `${PREFIX}${name}`);
  if (tool === undefined)
    throw new UsageError(
      USAGE.noTool(
        name,
        similar(
          name,
          TOOLS.map((one) => one.name.slice(PREFIX.length)),
        ),
      ),
    );
  const input = inputOf(values.input);
  const cases = new Cases(inputs.workspace, anywhere);
  try {
    if (tool.name === 'logjam_open') outJson(await tool.run(cases, { paths, ...input }, { isCancellationRequested: false }), 2);
    else {
      const opened = paths.length === 0 || tool.name === 'logjam_fix' ? {} : { case: (await cases.open(paths)).id };
      const file = tool.name === 'logjam_fix' && paths.length === 1 ? { file: paths[0] } : {};
      outJson(await tool.run(cases, { ...opened, ...file, ...input }, { isCancellationRequested: false }), 2);
    }
  } catch (error) {
    throw error instanceof ToolError ? new UsageError(error.message) : error;
  }
  return 0;
}

/** @throws UsageError where it is not a JSON object */
function inputOf(text: string): Record<string, unknown> {
  try {
    const found: unknown = JSON.parse(text);
    if (typeof found === 'object' && found !== null && !Array.isArray(found)) return found as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw new UsageError(USAGE.noInput(text));
}
