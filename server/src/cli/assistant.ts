import type { ToolDeclaration } from '../assistant/schema.ts';
import type { Answered, Asked } from './asking.ts';
import type { Said } from './thread.ts';
import { type Lost, type WatchedThread, watchThread } from './watchedThread.ts';
import { INPUTS } from './words.ts';

/** So many threads that end are enough. */
const MAX_LOST = 20;

type Question = Extract<Asked, { tool: string }>;

/**
 * Asks a thread with the tools. Where a file ends it or holds it up, another one begins without that file, with what was
 * opened and what is still asked.
 */
export class Assistant {
  readonly #args: readonly string[];
  readonly #scratch: string;
  readonly #left = new Map<string, Lost['left']>();
  readonly #cases = new Map<string, readonly string[]>();
  readonly #asked = new Map<number, { question: Question; answer: (answered: Answered) => void; progress: (message: string) => void }>();
  #next = 1;
  /** Threads that have ended. */
  #lost = 0;
  #thread: WatchedThread | null;
  #declared: Promise<ToolDeclaration[]>;
  #declare: (tools: ToolDeclaration[]) => void = () => undefined;

  /** @param args folders that are read, where none is named the current one, and options; `scratch`: a folder for what is fetched */
  constructor(args: readonly string[], scratch: string) {
    this.#args = args;
    this.#scratch = scratch;
    this.#declared = new Promise((resolve) => {
      this.#declare = resolve;
    });
    this.#thread = this.#start();
  }

  tools(): Promise<ToolDeclaration[]> {
    return this.#declared;
  }

  /** @param progress is told how far the answer is */
  ask(tool: string, input: unknown, signal?: AbortSignal, progress: (message: string) => void = () => undefined): Promise<Answered> {
    const question = { id: this.#next++, tool, input };
    signal?.addEventListener('abort', () => this.#thread?.post({ cancel: question.id }), { once: true });
    return new Promise((answer) => {
      this.#asked.set(question.id, { question, answer, progress });
      if (this.#thread === null) this.#finish({ id: question.id, failed: INPUTS.tooManyEnded(MAX_LOST) });
      else this.#thread.post(question);
    });
  }

  async end(): Promise<void> {
    await this.#thread?.end();
  }

  #start(): WatchedThread {
    const command = {
      name: 'mcp' as const,
      args: this.#args,
      terminal: { out: false, err: false },
      left: this.#left,
      input: null,
      spool: null,
      cases: this.#cases,
      scratch: this.#scratch,
    };
    return watchThread(command, {
      said: (said) => this.#said(said),
      lost: ({ uri, left }) => {
        this.#left.set(uri, left);
        this.#again();
      },
      died: () => this.#again(),
    });
  }

  #again(): void {
    this.#thread = ++this.#lost < MAX_LOST ? this.#start() : null;
    for (const { question } of this.#asked.values()) {
      if (this.#thread === null) this.#finish({ id: question.id, failed: INPUTS.tooManyEnded(MAX_LOST) });
      else this.#thread.post(question);
    }
  }

  #said(said: Said): void {
    if ('tools' in said) this.#declare(said.tools);
    else if ('write' in said) process.stderr.write(said.text);
    else if ('progress' in said) this.#asked.get(said.id)?.progress(said.progress);
    else if ('id' in said) this.#finish(said);
  }

  #finish(answered: Answered): void {
    const pending = this.#asked.get(answered.id);
    if (pending === undefined) return;
    this.#asked.delete(answered.id);
    this.#remember(pending.question, answered);
    pending.answer(answered);
  }

  /** What a thread that takes over has to open again. */
  #remember({ input }: Question, answered: Answered): void {
    if (!('answer' in answered)) return;
    const { case: id } = answered.answer as { case?: unknown };
    const { paths } = input as { paths?: unknown };
    if (typeof id === 'string' && Array.isArray(paths)) this.#cases.set(id, paths);
  }
}
