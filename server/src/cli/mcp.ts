import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Server } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { version } from '../../../common/version.ts';
import { Assistant } from './assistant.ts';
import { MCP_OPTIONS } from './options.ts';
import { MCP } from './words.ts';

/** `logjam mcp`: the tools for assistants over the Model Context Protocol, on standard input and output, until it ends. */
export async function mcp(args: string[]): Promise<number> {
  parseArgs({ args, allowPositionals: true, options: MCP_OPTIONS });
  const scratch = mkdtempSync(path.join(tmpdir(), 'logjam-mcp-'));
  process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
  const assistant = new Assistant(args, scratch);
  const serving = serveStdio(() => served(assistant), { onerror: (error) => process.stderr.write(MCP.error(error.message)) });
  await new Promise((resolve) => process.stdin.once('close', resolve));
  await serving.close();
  await assistant.end();
  return 0;
}

function served(assistant: Assistant): Server {
  const server = new Server({ name: 'logjam', version }, { capabilities: { tools: {} }, instructions: MCP.instructions });
  server.setRequestHandler('tools/list', async () => ({ tools: await assistant.tools() }));
  server.setRequestHandler('tools/call', async ({ params: { name, arguments: input = {}, _meta } }, { mcpReq: { signal, notify } }) => {
    const token = _meta?.progressToken;
    let steps = 0;
    const progress = (message: string) => {
      if (token !== undefined) void notify({ method: 'notifications/progress', params: { progressToken: token, progress: ++steps, message } });
    };
    const answered = await assistant.ask(name, input, signal, progress);
    if ('answer' in answered)
      return { content: [{ type: 'text', text: JSON.stringify(answered.answer) }], structuredContent: { ...answered.answer } };
    const text = 'wrong' in answered ? answered.wrong : MCP.failed(answered.failed);
    return { content: [{ type: 'text', text }], isError: true };
  });
  return server;
}
