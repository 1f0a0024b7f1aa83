/** One of several files that were read as one: offsets and lines of the analysis count on from file to file. */
export interface FilePart {
  name: string;
  uri: string;
  /** Where it begins in the count through all files. */
  offset: number;
  line: number;
}

export interface LinePlace {
  file: FilePart | null;
  /** From 1, in its file. */
  number: number;
}

/** The file and the line that people know it by. */
export function linePlace(files: readonly FilePart[], line: number): LinePlace {
  const file = files.findLast((one) => one.line <= line) ?? files[0] ?? null;
  return { file, number: line - (file?.line ?? 0) + 1 };
}

/** "12", or "taskmanager.log:12" where several files were read as one; counted from 1. */
export function lineName(files: readonly FilePart[], line: number): string {
  const { file, number } = linePlace(files, line);
  return file === null ? String(number) : `${file.name}:${number}`;
}
