import type { TraceFrame } from '../model.ts';

const MAX = 200_000;

/** Of frames that say the same the first one, with its place: large logs print the same stacks again and again. */
export class FirstFrames {
  readonly #known = new Map<string, TraceFrame>();

  of(frame: TraceFrame): TraceFrame {
    const { className, method, file, line, module, jar } = frame;
    const key = [className, method, file, line, module, jar?.name, jar?.version, jar?.exact].join('\n');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#known.size < MAX) this.#known.set(key, frame);
    return frame;
  }
}
