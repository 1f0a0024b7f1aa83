import { createConnection as connectTo } from 'node:net';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Client } from './editor.ts';
import { FrameReader, frame } from './framing.ts';
import type { Thread } from './lane.ts';
import type { Message } from './message.ts';
import { Supervisor } from './supervisor.ts';

/** How often it is looked whether the client's process is still there. In ms. */
const CLIENT_EVERY = 2000;

/** Whether arguments say how the client is to be reached. */
export const namesTransport = (args: readonly string[]): boolean => args.some((arg) => /^--(stdio|node-ipc|socket|pipe)(?:=|$)/.test(arg));

/** Serves a client over what the arguments say: --stdio, --node-ipc, --socket=PORT or --pipe=NAME. */
export function superviseNode(args: readonly string[]): void {
  const start = () => nodeThread(path.join(__dirname, '../server/threads.js'));
  const option = (name: string): string | undefined => {
    const at = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
    return at === -1 ? undefined : ((args[at]?.slice(name.length + 1) || args[at + 1]) ?? '');
  };
  const [pipe, port] = [option('--pipe'), option('--socket')];
  if (args.includes('--node-ipc')) overIpc(start);
  else if (pipe === undefined && port === undefined) overStreams(process.stdin, process.stdout, start);
  else {
    const socket = pipe === undefined ? connectTo(Number(port), '127.0.0.1') : connectTo(pipe);
    overStreams(socket, socket, start);
  }
}

function overStreams(input: Readable, output: Writable, start: () => Thread): void {
  const client: Client = {
    send: (message) => {
      const [head, body] = frame(message);
      // Both in one go.
      output.cork();
      output.write(head);
      output.write(body);
      output.uncork();
    },
    exit,
    watch,
  };
  const supervisor = new Supervisor(client, start);
  const reader = new FrameReader(
    (message) => supervisor.fromClient(message),
    (code, message) => supervisor.malformed(code, message),
  );
  input.on('data', (chunk: Buffer) => reader.push(chunk));
  // Without a client there is nobody to serve.
  for (const event of ['end', 'close', 'error']) input.on(event, () => exit(1));
  output.on('error', () => exit(1));
}

function overIpc(start: () => Thread): void {
  const send = ({ json, ...message }: Message) =>
    void process.send?.(typeof json === 'string' ? JSON.parse(json) : message, undefined, undefined, () => undefined);
  const supervisor = new Supervisor({ send, exit, watch }, start);
  process.on('message', (message) => supervisor.fromClient(message));
  process.on('disconnect', () => exit(1));
}

const exit = (code: number): never => process.exit(code);

function watch(client: number): void {
  setInterval(() => {
    try {
      process.kill(client, 0);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') exit(1);
    }
  }, CLIENT_EVERY);
}

/**
 * Memory for what is new that a thread begins with, in MB. With the one that V8 gives at first it cleans up in the middle of
 * the first small file; with many it cleans up seldom, and then much at once.
 */
const YOUNG = 2;

function nodeThread(file: string): Thread {
  setFlagsFromString(`--min-semi-space-size=${YOUNG}`);
  // What it writes to standard output would stand between the messages.
  const worker = new Worker(path.join(path.dirname(file), 'cached.js'), { argv: [file], stdout: true });
  worker.stdout.pipe(process.stderr, { end: false });
  return {
    send: (message) => worker.postMessage(message),
    listen: (onMessage, onEnd) => {
      worker.on('message', onMessage);
      worker.on('error', (error: NodeJS.ErrnoException) => onEnd(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out of memory' : error.message));
      worker.on('exit', (code) => onEnd(`exit code ${code}`));
    },
    end: () => void worker.terminate(),
  };
}
