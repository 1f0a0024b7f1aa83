/** What the texts of a file are made with. */

/** From an offset to its line, from 0. */
type LineAt = (offset: number) => number;

export interface TextParts {
  /** Counts from 0: a file may hold several dumps. */
  part: number;
  /** Of the file. */
  uri: string;
  lineOf: LineAt;
}

/** One of the files of a comparison. */
export interface Compared<A> {
  analysis: A;
  uri: string;
  lineOf: LineAt;
}
