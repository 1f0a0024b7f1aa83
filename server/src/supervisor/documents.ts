import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import { type Message, uriIn } from './message.ts';
import { wholeOf } from './opening.ts';

interface Opening {
  textDocument: { languageId: string; version: number; text: string };
}

/** A change as the client tells it. */
interface Change {
  contentChanges: TextDocumentContentChangeEvent[];
  version: number;
}

/**
 * A document as it was, or the message that opens it, and what has changed since. Each change makes a text anew: that waits until
 * the text is needed.
 */
interface Open {
  base: TextDocument | Message;
  changes: Change[];
}

/** So many changes are kept before the text is made of them. */
const MANY = 1000;

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
    const { base, changes } = open;
    return changes.at(-1)?.version ?? (isMessage(base) ? (base.params as Opening).textDocument.version : base.version);
  }

  /** At most so many characters. */
  lengthOf(uri: string): number {
    const open = this.#open.get(uri);
    if (open === undefined) return 0;
    const { base, changes } = open;
    const begun = isMessage(base) ? (base.json?.length ?? 0) : base.getText().length;
    return changes.flatMap(({ contentChanges }) => contentChanges).reduce((sum, { text }) => sum + text.length, begun);
  }

  /** Follows what the client tells. A message that makes no sense changes nothing. */
  follow(message: Message): void {
    const uri = uriIn(message);
    const { method } = message;
    if (uri === null) return;
    try {
      if (method === 'textDocument/didOpen') this.#open.set(uri, { base: message.json === undefined ? read(uri, message) : message, changes: [] });
      else if (method === 'textDocument/didChange') this.#change(uri, message);
      else if (method === 'textDocument/didClose') this.forget(uri);
    } catch {
      // The thread refuses such a message in its own way.
    }
  }

  #change(uri: string, { params }: Message): void {
    const open = this.#open.get(uri);
    if (open === undefined) return;
    const { contentChanges, textDocument } = params as Pick<Change, 'contentChanges'> & Opening;
    if (!contentChanges.every(({ text }) => typeof text === 'string')) return;
    open.changes.push({ contentChanges, version: textDocument.version });
    if (open.changes.length >= MANY || contentChanges.some((change) => !('range' in change))) this.#settled(uri, open);
  }

  /** The document as it is now; null: what opens it makes no sense. */
  #settled(uri: string, open: Open): TextDocument | null {
    const whole = isMessage(open.base) ? wholeOf(open.base) : null;
    let document = isMessage(open.base) ? whole && read(uri, whole) : open.base;
    if (document === null) return null;
    for (const { contentChanges, version } of open.changes) {
      try {
        document = TextDocument.update(document, contentChanges, version);
      } catch {
        // The thread refuses such a message in its own way.
      }
    }
    open.base = document;
    open.changes = [];
    return document;
  }

  /** The client has closed it, or there never was a text of it. */
  forget(uri: string): void {
    this.#open.delete(uri);
  }

  /** The message that opens a document as it is now. */
  opening(uri: string): Message | null {
    const open = this.#open.get(uri);
    if (open === undefined) return null;
    if (isMessage(open.base) && open.changes.length === 0) return open.base;
    const document = this.#settled(uri, open);
    if (document === null) return null;
    const { languageId, version } = document;
    const text = document.getText();
    return { jsonrpc: '2.0', method: 'textDocument/didOpen', params: { textDocument: { uri, languageId, version, text } } };
  }
}

const isMessage = (base: Open['base']): base is Message => 'jsonrpc' in base;

function read(uri: string, { params }: Message): TextDocument {
  const { languageId, version, text } = (params as Opening).textDocument;
  return TextDocument.create(uri, languageId, version, text);
}
