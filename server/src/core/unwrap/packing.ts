import type { Source } from './source.ts';
import type { Steps } from './steps.ts';

export type Open = 'yes' | 'padded' | 'perhaps' | 'no';

/** What a kind of input knows of its lines; each is given without what stands before it. */
export interface LineSense {
  /** Does a line begin something? "perhaps" where it may as well be the rest of another one. Cheap. */
  begins(line: string): 'yes' | 'perhaps' | 'no';
  /**
   * Has a line begun what has no end in it? "perhaps" where programs, too, begin a new line there; "padded" where many
   * blanks may have stood behind it.
   */
  open(line: string): Open;
}

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
  /** Texts of several lines that were packed side by side may be of several processes: a line is put between them. */
  apart?: boolean;
  /** Where lines begin and end, so that broken ones can be put together. */
  lines?: LineSense;
}

/** A way in which texts are packed on their way to people. Whether a text was packed so is seen by what comes out. */
export interface Packing {
  id: string;
  title: string;
  /** May a sample be packed so? Cheap, and generous: what comes out decides. */
  sign(sample: string): boolean;
  /** What is in it, or null where nothing is; never throws. */
  undo(text: string, reading: Reading): Steps<Source | null>;
  /** Goes by evidence of its own: what can be read then is not asked. */
  proves?: boolean;
  /** A part of such a text cannot be undone by itself. */
  whole?: boolean;
  /** Records were broken by it: what holds them can be read better, and perhaps only, when they are whole. */
  joins?: boolean;
  /** Text stands in it as it is written, and so does what is put between: nothing has to be escaped, no line begins otherwise. */
  literal?: boolean;
  samples: readonly string[];
  nearMisses: readonly string[];
}
