import { ASK_TOOL } from '../../../common/contracts.ts';
import { Reach } from '../../../common/reach.ts';
import { baseName } from '../../../common/virtual.ts';
import { type Message, otherIn, textIn, uriIn } from './message.ts';

/** Commands whose first argument is the uri of a document. */
const OF_DOCUMENT = new Set(['logjam.fixFromDump']);

/** Which requests may have files read: those of open documents, of folders of the workspace, and of what the person has opened besides. */
export class Admission {
  readonly #isOpen: (uri: string) => boolean;
  readonly #workspace = new Reach();
  readonly #opened = new Reach();

  constructor(isOpen: (uri: string) => boolean) {
    this.#isOpen = isOpen;
  }

  /** `initialize` names the folders of the workspace. */
  introduced({ params }: Message): void {
    this.#workspace.clear();
    for (const uri of foldersIn(params)) this.#workspace.give(uri);
  }

  /** Folders come and go; answers with an `initialize` for threads that begin later. */
  moved({ params }: Message, initialize: Message): Message {
    const { event } = (params ?? {}) as { event?: { added?: unknown; removed?: unknown } };
    const removed = new Set(foldersIn({ workspaceFolders: event?.removed }));
    const before = initialize.params ?? {};
    const folders = [...foldersIn(before).filter((uri) => !removed.has(uri)), ...foldersIn({ workspaceFolders: event?.added })];
    const later = { ...initialize, params: { ...before, workspaceFolders: folders.map((uri) => ({ uri, name: baseName(uri) })) } };
    this.introduced(later);
    return later;
  }

  opened({ params }: Message): void {
    for (const uri of (params as { uris: string[] }).uris) this.#opened.give(uri);
  }

  admits(message: Message): boolean {
    const { method, params } = message;
    if (method === 'workspace/executeCommand' && !OF_DOCUMENT.has(textIn(params, 'command') ?? '')) return true;
    if (method === ASK_TOOL.method) return Object.values((params as { uris: Record<string, string> }).uris).every((uri) => this.#mayRead(uri));
    return [uriIn(message), otherIn(message), textIn(params, 'in')].every((uri) => uri === null || this.#mayRead(uri));
  }

  #mayRead(uri: string): boolean {
    return this.#isOpen(uri) || this.#opened.covers(uri, (file) => this.#isOpen(file) || this.#workspace.covers(file));
  }
}

function foldersIn(params: unknown): string[] {
  const { workspaceFolders } = (params ?? {}) as { workspaceFolders?: unknown };
  const uris = Array.isArray(workspaceFolders) ? workspaceFolders.map((folder: unknown) => textIn(folder, 'uri')) : [textIn(params, 'rootUri')];
  return uris.filter((uri) => uri !== null);
}
