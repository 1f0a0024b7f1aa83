import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type Connection,
  type DataCallback,
  type Message,
  type MessageReader,
  type MessageWriter,
} from 'vscode-languageserver';
import { isSign, type Sign } from '../../../common/supervision.ts';
import type { FileSystem } from '../workspace/fileSystem.ts';
import type { Platform } from '../workspace/platform.ts';
import type { Watch } from '../workspace/watch.ts';
import { serve } from './server.ts';

/** The way to who watches over this thread and stands between it and the client. */
export interface Endpoint {
  post(message: Message | Sign): void;
  listen(handler: (message: Message | Sign) => void): void;
}

class Reader extends AbstractMessageReader {
  /** So many messages have come. */
  heard = 0;
  readonly #endpoint: Endpoint;

  constructor(endpoint: Endpoint) {
    super();
    this.#endpoint = endpoint;
  }

  listen(callback: DataCallback): { dispose(): void } {
    this.#endpoint.listen((message) => {
      if (!isSign(message)) {
        this.heard++;
        callback(message);
      } else if (message.sign === 'ping') this.#endpoint.post({ sign: 'pong' });
    });
    return { dispose: () => undefined };
  }
}

class Writer extends AbstractMessageWriter {
  readonly #endpoint: Endpoint;

  constructor(endpoint: Endpoint) {
    super();
    this.#endpoint = endpoint;
  }

  async write(message: Message): Promise<void> {
    this.#endpoint.post(message);
  }

  end(): void {}
}

/** Serves in a thread that is watched over; see supervisor/. `connect`: createConnection of the platform. */
export function serveThread(
  endpoint: Endpoint,
  connect: (reader: MessageReader, writer: MessageWriter) => Connection,
  platform: Platform,
  own: readonly FileSystem[],
): void {
  const reader = new Reader(endpoint);
  let at: { uri: string; version: number | undefined } | null = null;
  const watch: Watch = {
    enter: (uri, limit, version) => {
      if (uri !== at?.uri || version !== at.version) endpoint.post({ sign: 'at', uri, limit, ...(version === undefined ? {} : { version }) });
      at = { uri, version };
    },
    leave: () => {
      if (at !== null) endpoint.post({ sign: 'at', uri: null, limit: 0, heard: reader.heard });
      at = null;
    },
    stopped: (uri, limit) => endpoint.post({ sign: 'stopped', uri, limit }),
  };
  serve(connect(reader, new Writer(endpoint)), platform, own, watch);
  endpoint.post({ sign: 'ready' });
}
