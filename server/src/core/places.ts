import type { Place, Position, Span } from '../../../common/span.ts';
import type { Location } from './model.ts';
import type { LineIndex } from './text.ts';

/** A file behind an analysis whose spans do not count through the text of one document. */
export interface Part {
  uri: string;
  /** Where it begins in the count. */
  offset: number;
  line: number;
  /** Null: its text is not in memory, offsets in it count bytes on the disk. */
  index: LineIndex | null;
}

/** What an analysis was made of. */
export interface Placed {
  uri: string;
  /** Of the text in memory. */
  index: LineIndex;
  /** Not one text in memory, but a file on the disk or several files: spans count through these. */
  parts?: readonly Part[];
}

/** Positions of bytes in a file on the disk. */
export type PositionsOf = (uri: string, offsets: readonly number[]) => Promise<readonly Position[]>;

const ORIGIN: Position = { line: 0, character: 0 };

/** The part that holds an offset. */
const partAt = (parts: readonly Part[], offset: number): Part | undefined => parts.findLast((part) => part.offset <= offset) ?? parts[0];

/** The place of a span that counts through all parts, or of one that counts in a document of its own. */
export type PlaceOf = (where: Span | Location) => Place;

/** Of an offset in the part. */
type At = (part: Part, offset: number) => Position;

/** Turns spans and offsets of any analysis into places and lines. */
export class Places {
  readonly #positionsOf: PositionsOf;

  constructor(positionsOf: PositionsOf) {
    this.#positionsOf = positionsOf;
  }

  /** Runs something that turns spans into places; other files than the document are named by their uri. */
  async withPlaces<R>(document: Placed, run: (place: PlaceOf) => R): Promise<R> {
    const { parts } = document;
    if (parts === undefined) return run((where) => document.index.range('span' in where ? where.span : where));
    return this.#twice((at) =>
      run((where) => {
        const part = 'span' in where ? parts.find(({ uri }) => uri === where.document) : partAt(parts, where.start);
        if (part === undefined) return { start: ORIGIN, end: ORIGIN };
        const span = 'span' in where ? where.span : { start: where.start - part.offset, end: where.end - part.offset };
        const range = { start: at(part, span.start), end: at(part, span.end) };
        return part.uri === document.uri ? range : { ...range, uri: part.uri };
      }),
    );
  }

  /** Runs something that asks for the lines of offsets; both count through all files. */
  async withLines<R>(document: Placed, run: (lineOf: (offset: number) => number) => R): Promise<R> {
    const { parts } = document;
    if (parts === undefined) return run((offset) => document.index.lineOf(offset));
    return this.#twice((at) =>
      run((offset) => {
        const part = partAt(parts, offset);
        return part === undefined ? 0 : part.line + at(part, offset - part.offset).line;
      }),
    );
  }

  /** Files on the disk: run once to learn which places are wanted, then, after one walk over each file, with them. */
  async #twice<R>(run: (at: At) => R): Promise<R> {
    const wanted = new Map<Part, Set<number>>();
    const known = new Map<Part, Map<number, Position>>();
    const at: At = (part, offset) => {
      const local = Math.max(0, offset);
      if (part.index !== null) return part.index.position(local);
      const found = known.get(part)?.get(local);
      if (found !== undefined) return found;
      const offsets = wanted.get(part) ?? new Set();
      wanted.set(part, offsets.add(local));
      return ORIGIN;
    };
    const first = run(at);
    if (wanted.size === 0) return first;
    for (const [part, set] of wanted) {
      const offsets = [...set];
      const positions = await this.#positionsOf(part.uri, offsets);
      known.set(part, new Map(offsets.map((offset, i) => [offset, positions[i] ?? ORIGIN])));
    }
    return run(at);
  }
}

/** The offset, in the count through all parts, of a position in one of them; null where that part is not in memory. */
export function offsetIn(parts: readonly Part[], uri: string, position: Position): number | null {
  const part = parts.find((one) => one.uri === uri);
  return part === undefined || part.index === null ? null : part.offset + part.index.offset(position);
}
