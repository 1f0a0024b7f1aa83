import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { isSign } from '../../../common/supervision.ts';
import type { Command, Said } from './thread.ts';
import { INPUTS } from './words.ts';

/** How often the thread is asked whether it gives way. In ms. */
const PING_EVERY = 200;

/** A file of dist/. */
const built = (...names: string[]): string => path.join(__dirname, '..', ...names);

/** A file that ended the thread, or held it up. */
export interface Lost {
  uri: string;
  left: Command['left'] extends ReadonlyMap<string, infer L> ? L : never;
}

interface Events {
  said(said: Said): void;
  /** It was ended at a file. */
  lost(lost: Lost): void;
  /** It ended by itself, and not at a file. */
  died(why: string): void;
}

export interface WatchedThread {
  post(message: unknown): void;
  /** Nothing is heard of it any more. */
  end(): Promise<void>;
}

/** Starts a thread with a command, and ends it where it holds on to a file for longer than the limit. */
export function watchThread(command: Command, events: Events): WatchedThread {
  const thread = new Worker(built('server', 'cached.js'), { argv: [built('server', 'threads.js'), command.name], workerData: command });
  let at: { uri: string; limit: number } | null = null;
  let asked: number | null = null;
  const timer = setInterval(() => {
    if (at === null) return;
    if (asked === null) {
      asked = performance.now();
      thread.postMessage({ sign: 'ping' });
    } else if (performance.now() - asked >= at.limit * 1000) lose({ uri: at.uri, left: { seconds: at.limit } });
  }, PING_EVERY);
  const end = async (): Promise<void> => {
    clearInterval(timer);
    thread.removeAllListeners();
    await thread.terminate();
  };
  const lose = (lost: Lost): void => void end().then(() => events.lost(lost));
  const died = (why: string): void => {
    if (at !== null) lose({ uri: at.uri, left: { why: INPUTS.threadEnded(why) } });
    else void end().then(() => events.died(why));
  };
  thread.on('message', (said: Said) => {
    if (!isSign(said)) events.said(said);
    else if (said.sign === 'at') at = said.uri === null ? null : { uri: said.uri, limit: said.limit };
    else if (said.sign === 'pong') asked = null;
  });
  thread.on('error', (error: NodeJS.ErrnoException) => died(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? INPUTS.outOfMemory : error.message));
  thread.on('exit', (code) => died(INPUTS.exitCode(code)));
  return { post: (message) => thread.postMessage(message), end };
}
