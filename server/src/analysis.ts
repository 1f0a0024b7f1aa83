import { parentPort } from 'node:worker_threads';
import { createConnection } from 'vscode-languageserver/node';
import { isSign, type Sign } from '../../common/supervision.ts';
import { serveThread } from './lsp/thread.ts';
import { type Message, packed, uriIn } from './supervisor/message.ts';
import { wholeOf } from './supervisor/opening.ts';
import { disk } from './workspace/disk.ts';
import { nodePlatform } from './workspace/node.ts';

/** By then most of what an analysis runs has been compiled. In ms. */
const KEEP_AFTER = 10_000;

/** The thread with the analysis; node.ts and the command line start it and watch over it. `keep`: see cached.ts. */
export function start(keep: () => void): void {
  const port = parentPort;
  if (port === null) throw new Error('This is a thread of the language server: start dist/server/node.js.');
  // An answer of a client that nobody waits for, or an error that nobody handles, ends nothing.
  process.on('unhandledRejection', (error) => console.error(error));
  const post = (message: Message | Sign) => port.postMessage(isSign(message) ? message : packed(message));
  const listen = (handler: (message: Message | Sign) => void): void => {
    port.on('message', (message: Message | Sign) => {
      const whole = isSign(message) || message.json === undefined ? message : wholeOf(message);
      if (whole !== null) handler(whole);
      else post({ sign: 'unread', uri: uriIn(message as Message) ?? '' });
    });
  };
  serveThread({ post, listen }, createConnection, nodePlatform, [disk]);
  setTimeout(keep, KEEP_AFTER).unref();
}
