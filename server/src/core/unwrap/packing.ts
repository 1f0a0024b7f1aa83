import type { Source } from './source.ts';
import type { Steps } from './steps.ts';

/** What a kind of input says to whoever undoes the packings around it. */
export interface Reading {
  /** How much of a sample the kind can read as it stands: the larger, the better. Compared, never shown. */
  readable(sample: string): number;
  /** True where the text shows that nothing stands around it: then no packing is tried. Cheap for large texts. */
  plain?(text: string): boolean;
  /** Whole lines that stand for the text, where its beginning does not. */
  sample?(text: string): string;
  /** Ids of the packings that the kind's own reader undoes, or that would take its records apart. */
  except?: readonly string[];
}

/** A way in which texts are packed on their way to people. Whether a text was packed so is seen by what comes out. */
export interface Packing {
  id: string;
  title: string;
  /** May a sample be packed so? Cheap, and generous: what comes out decides. */
  sign(sample: string): boolean;
  /** What is in it, or null where nothing is; never throws. */
  undo(text: string, reading: Reading): Steps<Source | null>;
  /** A part of such a text cannot be undone by itself. */
  whole?: boolean;
  /** Text stands in it as it is written, and so does what is put between: nothing has to be escaped, no line begins otherwise. */
  literal?: boolean;
  samples: readonly string[];
  nearMisses: readonly string[];
}
