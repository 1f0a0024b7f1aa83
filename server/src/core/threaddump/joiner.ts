import type { Header } from './header.ts';
import { type HeaderParser, multiLineHeader } from './names.ts';
import { multiLineSectionName } from './section.ts';

/** After so many quotes that opened no name the text is no dump of such names. */
const MAX_FAILED = 1000;

/** Reads names that go on over several lines, as long as the text shows that it has such. */
export class NameJoiner {
  readonly #text: string;
  #failed = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** A thread's header that begins at `start`. */
  header(start: number, firstEnd: number, parse: HeaderParser): { header: Header; end: number } | null {
    if (this.#failed > MAX_FAILED) return null;
    const joined = multiLineHeader(this.#text, start, firstEnd, parse);
    if (joined === null) this.#failed++;
    return joined;
  }

  /** A name in the JVM's section that opens with a quote; null also where too many were none. */
  sectionName(quote: number, lineEnd: number): ReturnType<typeof multiLineSectionName> {
    return this.#failed++ > MAX_FAILED ? null : multiLineSectionName(this.#text, quote, lineEnd);
  }
}
