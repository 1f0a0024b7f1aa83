import { createConnection } from 'vscode-languageserver/browser';
import { ANALYSIS_THREAD } from '../../common/supervision.ts';
import { readTexts } from './io/texts.ts';
import { serveThread } from './lsp/thread.ts';
import { superviseBrowser } from './supervisor/browser.ts';
import type { Platform } from './workspace/platform.ts';

declare const self: DedicatedWorkerGlobalScope;

// The same script watches and is watched over: it cannot be loaded from a second address.
if (self.name === ANALYSIS_THREAD) analyse();
else superviseBrowser(self);

function analyse(): void {
  /** A message to oneself: as quick as setImmediate, where timers are slowed down to 4 ms. */
  const channel = new MessageChannel();
  const waiting: (() => void)[] = [];
  channel.port1.onmessage = () => waiting.shift()?.();
  const platform: Platform = {
    names: 'exact',
    foldsCase: false,
    yield: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        channel.port2.postMessage(null);
      }),
    now: () => performance.now(),
    texts: async (...packed) => readTexts(...packed),
    streams: null,
    readers: null,
    heap: null,
  };
  self.addEventListener('unhandledrejection', (event) => {
    console.error(event.reason);
    event.preventDefault();
  });
  serveThread(
    { post: (message) => self.postMessage(message), listen: (handler) => self.addEventListener('message', ({ data }) => handler(data)) },
    (reader, writer) => createConnection(reader, writer),
    platform,
    [],
  );
}
