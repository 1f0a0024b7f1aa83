import { ASK_TOOL, type ToolAnswer } from '../../../common/contracts.ts';
import type { Cases } from '../assistant/cases.ts';
import { answer } from './contract.ts';
import { guard } from './guard.ts';
import type { Session } from './session.ts';
import { REFUSED } from './words.ts';

interface Asked {
  name: string;
  input: object;
  uris: Record<string, string>;
}

/** The tools for assistants. The supervisor has seen to it that the person has opened what is read. */
export function wireTools({ connection, workspace, log }: Session): void {
  /** Where paths lie, as assistants call them. */
  const uris = new Map<string, string>();
  let opened: Cases | null = null;
  answer(
    connection,
    ASK_TOOL,
    guard<Asked, ToolAnswer | null>(log, null, async ({ name, input, uris: named }, token) => {
      // Loaded when an assistant asks.
      const [{ Cases: Made }, { askTool }, { ToolError }] = await Promise.all([
        import('../assistant/cases.ts'),
        import('../assistant/tools/index.ts'),
        import('../assistant/toolError.ts'),
      ]);
      for (const [path, uri] of Object.entries(named)) uris.set(path, uri);
      opened ??= new Made(workspace, async (path) => {
        const uri = uris.get(path);
        if (uri === undefined) throw new ToolError(REFUSED.notNamed(path));
        return uri;
      });
      return askTool(opened, name, input, token);
    }),
  );
}
