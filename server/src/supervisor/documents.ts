import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import { type Message, uriIn } from './message.ts';
import { wholeOf } from './opening.ts';

interface Opening {
  textDocument: { languageId: string; version: number; text: string };
}

/** A document as it is now; or, until its text is needed, the message that opens it. */
type Open = { document: TextDocument } | { opening: Message };

/** The documents that the client has open, as they are now: a thread that takes over is given them. */
export class Documents {
  readonly #open = new Map<string, Open>();

  has(uri: string): boolean {
    return this.#open.has(uri);
  }

  get uris(): string[] {
    return [...this.#open.keys()];
  }

  versionOf(uri: string): number | undefined {
    const open = this.#open.get(uri);
    if (open === undefined) return undefined;
    return 'document' in open ? open.document.version : (open.opening.params as Opening).textDocument.version;
  }

  /** At most so many characters. */
  lengthOf(uri: string): number {
    const open = this.#open.get(uri);
    if (open === undefined) return 0;
    return 'document' in open ? open.document.getText().length : (open.opening.json?.length ?? 0);
  }

  /** Follows what the client tells. A message that makes no sense changes nothing. */
  follow(message: Message): void {
    const uri = uriIn(message);
    const { method } = message;
    if (uri === null) return;
    try {
      if (method === 'textDocument/didOpen')
        this.#open.set(uri, message.json === undefined ? { document: read(uri, message) } : { opening: message });
      else if (method === 'textDocument/didChange') this.#change(uri, message);
      else if (method === 'textDocument/didClose') this.forget(uri);
    } catch {
      // The thread refuses such a message in its own way.
    }
  }

  #change(uri: string, { params }: Message): void {
    const document = this.#document(uri);
    if (document === null) return;
    const { contentChanges, textDocument } = params as { contentChanges: TextDocumentContentChangeEvent[] } & Opening;
    this.#open.set(uri, { document: TextDocument.update(document, contentChanges, textDocument.version) });
  }

  #document(uri: string): TextDocument | null {
    const open = this.#open.get(uri);
    if (open === undefined || 'document' in open) return open?.document ?? null;
    const whole = wholeOf(open.opening);
    return whole === null ? null : read(uri, whole);
  }

  /** The client has closed it, or there never was a text of it. */
  forget(uri: string): void {
    this.#open.delete(uri);
  }

  /** The message that opens a document as it is now. */
  opening(uri: string): Message | null {
    const open = this.#open.get(uri);
    if (open === undefined) return null;
    if ('opening' in open) return open.opening;
    const { languageId, version } = open.document;
    const text = open.document.getText();
    return { jsonrpc: '2.0', method: 'textDocument/didOpen', params: { textDocument: { uri, languageId, version, text } } };
  }
}

function read(uri: string, { params }: Message): TextDocument {
  const { languageId, version, text } = (params as Opening).textDocument;
  return TextDocument.create(uri, languageId, version, text);
}
