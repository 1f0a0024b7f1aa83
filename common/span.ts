/** Places in a text, the same on every side of the product. */

/** Half-open interval of UTF-16 offsets into the original text. */
export interface Span {
  start: number;
  end: number;
}

/** 0-based line and UTF-16 character, as in LSP. */
export interface Position {
  line: number;
  character: number;
}

export interface Range {
  start: Position;
  end: Position;
}

/** A range, and the file it is in where that is not the document at hand. */
export interface Place extends Range {
  uri?: string;
}

export const EMPTY_SPAN: Span = { start: 0, end: 0 };
