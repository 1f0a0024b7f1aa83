import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import { type Message, uriIn } from './message.ts';

/** The documents that the client has open, as they are now: a thread that takes over is given them. */
export class Documents {
  readonly #open = new Map<string, TextDocument>();

  has(uri: string): boolean {
    return this.#open.has(uri);
  }

  get uris(): string[] {
    return [...this.#open.keys()];
  }

  versionOf(uri: string): number | undefined {
    return this.#open.get(uri)?.version;
  }

  lengthOf(uri: string): number {
    return this.#open.get(uri)?.getText().length ?? 0;
  }

  /** Follows what the client tells. A message that makes no sense changes nothing. */
  follow(message: Message): void {
    const uri = uriIn(message);
    const params = message.params as {
      textDocument: { languageId: string; version: number; text: string };
      contentChanges: TextDocumentContentChangeEvent[];
    };
    if (uri === null) return;
    try {
      const { languageId, version, text } = params.textDocument;
      const known = this.#open.get(uri);
      if (message.method === 'textDocument/didOpen') this.#open.set(uri, TextDocument.create(uri, languageId, version, text));
      else if (message.method === 'textDocument/didChange' && known !== undefined) TextDocument.update(known, params.contentChanges, version);
      else if (message.method === 'textDocument/didClose') this.#open.delete(uri);
    } catch {
      // The thread refuses such a message in its own way.
    }
  }

  /** The message that opens a document as it is now. */
  opening(uri: string): Message | null {
    const document = this.#open.get(uri);
    if (document === undefined) return null;
    const { languageId, version } = document;
    return { jsonrpc: '2.0', method: 'textDocument/didOpen', params: { textDocument: { uri, languageId, version, text: document.getText() } } };
  }
}
