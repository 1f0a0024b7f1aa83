import { ANALYSIS_THREAD } from '../../../common/supervision.ts';
import type { Thread } from './lane.ts';
import { Supervisor } from './supervisor.ts';

/** What is used of the worker that this runs in. */
interface Scope {
  location: { href: string };
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  close(): void;
}

/** Serves the page that started this worker: the analysis runs in workers of its own, of the same script. */
export function superviseBrowser(scope: Scope): void {
  const client = { send: (message: unknown) => scope.postMessage(message), exit: () => scope.close(), watch: () => undefined };
  const supervisor = new Supervisor(client, () => browserThread(scope.location.href));
  scope.addEventListener('message', ({ data }) => supervisor.fromClient(data));
}

function browserThread(script: string): Thread {
  const worker = new Worker(script, { name: ANALYSIS_THREAD });
  return {
    send: (message) => worker.postMessage(message),
    listen: (onMessage, onEnd) => {
      worker.addEventListener('message', ({ data }) => onMessage(data));
      worker.addEventListener('error', ({ message }) => onEnd(message === '' ? 'the script failed' : message));
    },
    end: () => worker.terminate(),
  };
}
