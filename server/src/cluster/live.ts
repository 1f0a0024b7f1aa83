import { safeName } from '../../../common/snapshot.ts';
import { documentPath, isSegment, type Subject } from './calls.ts';
import type { ClusterClient } from './client.ts';
import { isEnded } from './jobStates.ts';
import { rowsIn } from './rows.ts';

/** The JobManager keeps what it knows of a job for 3 s, and metrics for 10 s: sooner it answers the same. In ms. */
export const FRESH_JOB = 3000;
const FRESH_METRICS = 10_000;
/** Of a job with more vertices these come in turns. */
const MAX_VERTICES = 40;

interface Figures {
  at: number;
  /** Texts of the answers by the paths that were asked. */
  answers: Map<string, string>;
}

/** A job that is looked at again and again: its document, and what each of its vertices does just now. */
export class LiveJob {
  readonly #client: ClusterClient;
  readonly #job: string;
  readonly #now: () => number;
  readonly #figures = new Map<string, Figures>();

  constructor(client: ClusterClient, job: string, now: () => number) {
    this.#client = client;
    this.#job = job;
    this.#now = now;
  }

  /** The answers as one text, each below its path, which is how a bundle of them is read. Rejects where the job is not told of. */
  async text(): Promise<string> {
    const subject = { job: this.#job };
    const { text } = await this.#client.ask('job', subject);
    const document = JSON.parse(text) as { state?: unknown };
    const vertices = rowsIn(document, 'vertices').flatMap(({ id }) => (isSegment(id) ? [id] : []));
    if (isEnded(document.state)) this.#figures.clear();
    else await this.#measure(vertices);
    const parts = [part(pathFor('job', subject), text)];
    for (const vertex of vertices) for (const [path, answer] of this.#figures.get(vertex)?.answers ?? []) parts.push(part(path, answer));
    return parts.join('\n');
  }

  async #measure(vertices: readonly string[]): Promise<void> {
    const at = this.#now();
    const age = (vertex: string): number => at - (this.#figures.get(vertex)?.at ?? -Infinity);
    const due = vertices.filter((vertex) => age(vertex) >= FRESH_METRICS).sort((a, b) => age(b) - age(a));
    await Promise.all(
      due.slice(0, MAX_VERTICES).map(async (vertex) => {
        const subject = { job: this.#job, vertex };
        const answers = new Map<string, string>();
        await Promise.all(
          (['load', 'watermarks'] as const).map(async (name) => {
            // A vertex that does not tell is drawn without figures.
            const answer = await this.#client.ask(name, subject).catch(() => null);
            if (answer !== null) answers.set(pathFor(name, subject), answer.text);
          }),
        );
        this.#figures.set(vertex, { at, answers });
      }),
    );
  }
}

const pathFor = (name: 'job' | 'load' | 'watermarks', subject: Subject): string => documentPath(name, subject).replace(/\.json$/, '');

const part = (path: string, text: string): string => `${path}\n${JSON.stringify(JSON.parse(text), null, 2)}\n`;

/** The path of the document of such a job, which is called as the job is, and back. */
export const livePath = (job: string, name: string): string => `/jobs/${job}/live/${safeName(name)}`;
export const liveJobOf = (path: string): string | null => /^\/jobs\/([^/]+)\/live\//.exec(path)?.[1] ?? null;
