/**
 * A bench file is test/bench/NAME.bench.ts and exports `cases`. Each case is measured in a process of its own.
 */
export interface BenchCase {
  /** What is measured, for example "thread dump, 10 MB, 5,000 threads: parse and analysis". */
  name: string;
  /** The text that is read; made once, not measured. Make it with a generator, from a seed. */
  text(): string | Promise<string>;
  /** What is measured. Its result is kept alive until the next run. */
  run(text: string): unknown | Promise<unknown>;
  /** The most that the median may take, as a multiple of the newline scan of the same bytes; absent: shown, not judged. */
  maxRatio?: number;
  /** The most that the median may take, in ms; only for what a person waits for. */
  maxMs?: number;
  /** The most memory that the process may take on top of the text itself, as a multiple of the text's bytes. */
  maxMemory?: number;
  /** Runs that count, the median of which is reported; default 9. One run before them warms up. */
  runs?: number;
}

export interface BenchResult {
  name: string;
  bytes: number;
  /** Median of the case, in ms. */
  ms: number;
  /** Median of a bare loop over the bytes that counts newlines, in ms: the unit of the ratios. */
  scanMs: number;
  /** Median of the rounds' ratios of case to scan. */
  ratio: number;
  /** The highest resident memory of the process, less what it had before the text was made, over the bytes of the text. */
  memory: number;
  /** Empty when the case keeps its limits. */
  over: string[];
}
