import { isBinary } from './binary.ts';
import { type Decoded, decode } from './decode.ts';
import { DEFAULT_LIMITS, expand, type Limits, type PackedProblem } from './expand.ts';
import { isPacked } from './packed.ts';

/** A text to analyse. */
export interface NamedText {
  /** The file's name, "archive.zip!entry" for a file in an archive. */
  name: string;
  text: string;
  encoding: Decoded['encoding'];
}

export interface Texts {
  texts: NamedText[];
  /** What was left out or is damaged. */
  problems: PackedProblem[];
  /** Names of what is no text at all. */
  binary: string[];
  /** The file is compressed or an archive: no editor shows its text by itself. */
  packed: boolean;
}

/** The texts in a file's bytes: decompressed within the bounds, decoded by what the bytes show. Runs in a browser too. */
export function readTexts(name: string, bytes: Uint8Array, limits: Limits = DEFAULT_LIMITS): Texts {
  const { entries, problems } = expand(name, bytes, limits);
  const texts: NamedText[] = [];
  const binary: string[] = [];
  for (const entry of entries) {
    if (isBinary(entry.bytes)) {
      binary.push(entry.name);
      continue;
    }
    const { text, encoding } = decode(entry.bytes);
    texts.push({ name: entry.name, text, encoding });
  }
  return { texts, problems, binary, packed: isPacked(bytes) };
}
