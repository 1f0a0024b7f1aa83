import { parseArgs } from 'node:util';
import { parentPort } from 'node:worker_threads';
import type { Asker } from '../assistant/asker.ts';
import { Cases } from '../assistant/cases.ts';
import { reachWithin } from '../assistant/reach.ts';
import { declarationOf } from '../assistant/schema.ts';
import { askTool, TOOLS } from '../assistant/tools/index.ts';
import type { Asked } from './asking.ts';
import { reachClusters } from './clusterReach.ts';
import { Inputs } from './inputs.ts';
import { MCP_OPTIONS } from './options.ts';
import { type Command, say } from './thread.ts';

/** By then most of what an answer runs has been compiled. In ms. */
const KEEP_AFTER = 10_000;

/** A question that is being answered. */
interface Waiting extends Asker {
  isCancellationRequested: boolean;
}

/** Answers with the tools until the thread is ended; assistant.ts asks and watches over it. `keep`: see cached.ts. */
export function serve({ args, cases: before, scratch = '' }: Command, keep: () => void): void {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: MCP_OPTIONS });
  const [first = '.', ...more] = positionals;
  const cases = new Cases(
    new Inputs({ ...values, quiet: true }).workspace,
    reachClusters({ addresses: values.cluster, access: values.access, scratch }, reachWithin([first, ...more])),
    before,
  );
  const asked = new Map<number, Waiting>();
  parentPort?.on('message', (message: Asked | { sign: string }) => {
    if ('cancel' in message) {
      const waiting = asked.get(message.cancel);
      if (waiting !== undefined) waiting.isCancellationRequested = true;
    } else if ('tool' in message) {
      const { id } = message;
      const waiting = { isCancellationRequested: false, progress: (text: string) => say({ id, progress: text }) };
      asked.set(id, waiting);
      void answer(cases, message, waiting).finally(() => asked.delete(id));
    }
  });
  say({ tools: TOOLS.map(declarationOf) });
  setTimeout(keep, KEEP_AFTER).unref();
}

async function answer(cases: Cases, { id, tool, input }: Extract<Asked, { tool: string }>, waiting: Waiting): Promise<void> {
  try {
    say({ id, ...(await askTool(cases, tool, input, waiting)) });
  } catch (error) {
    say({ id, failed: error instanceof Error ? error.message : String(error) });
  }
}
