import type { Span } from '../../../../common/span.ts';
import { unwrap } from '../unwrap/index.ts';
import { PACKINGS } from '../unwrap/packings/index.ts';
import { compose, ShiftMap, Source } from '../unwrap/source.ts';
import type { Steps } from '../unwrap/steps.ts';
import { isBareJava, javaParts, javaReading, javaScore, standsFree } from './readable.ts';
import { usesFlink } from './uses.ts';

/** A Java source without what it stands in. */
export interface OpenedSource {
  source: Source;
  /** Whether it can be edited where it stands: nothing packs it that would have it written otherwise. */
  literal: boolean;
}

export interface OpenedJava {
  sources: readonly OpenedSource[];
  /** Ids of the packings that were undone, outermost first; null where the text is one source and nothing else. */
  packings: readonly string[] | null;
  /** Lines around the sources, beside what packs them: of a mail, of an issue, of a log. */
  around: readonly string[];
}

/** What imports of Flink leave of themselves in any packing; where it is missing, packings need not be tried. */
const TRACE = /(?:package|import)[ \t]+(?:static[ \t]+)?org\.apache\.flink\.[\w.]{1,200}[*]?[ \t]*;/;

/** A text may hold sources of Flink, or that use Flink, within something else. Other Java is looked at where it stands bare. */
export function* openJava(text: string): Steps<OpenedJava> {
  const bare: OpenedJava = { sources: [{ source: new Source(text), literal: true }], packings: null, around: [] };
  if (isBareJava(text) || !TRACE.test(withoutZeros(text))) return bare;
  const { source, packings } = yield* unwrap(text, javaReading);
  const parts = javaParts(source.text).filter(({ start, end }) => isOfFlink(source.text.slice(start, end)));
  if (parts.length === 0) return bare;
  const isLiteral = packings.every((id) => PACKINGS.find((packing) => packing.id === id)?.literal === true);
  const sources = parts.map((part) => ({
    source: new Source(source.text.slice(part.start, part.end), compose(source.map, new ShiftMap(part.start))),
    literal: isLiteral && standsFree(source.text, part),
  }));
  return { sources, packings, around: between(source.text, parts) };
}

function isOfFlink(code: string): boolean {
  return javaScore(code) >= LEAST && usesFlink(code);
}

/** The lines that are none of the sources', without blank ones. */
function between(text: string, parts: readonly Span[]): string[] {
  const ends = [0, ...parts.map(({ end }) => end)];
  const around = ends.map((from, index) => text.slice(from, parts[index]?.start ?? text.length));
  return around.flatMap((part) => part.split('\n')).filter((line) => line.trim() !== '');
}

/** Package or imports, and a class or a main method. */
const LEAST = 0.8;

const withoutZeros = (text: string): string => (text.includes('\0') ? text.replaceAll('\0', '') : text);
