import { Stopped } from '../core/checkpoint.ts';
import { NoFile } from '../io/nodeFile.ts';
import { TooLarge } from '../workspace/disk.ts';
import { reason } from '../workspace/gather.ts';
import { Refused } from './errors.ts';
import { WORDS } from './words.ts';

/** Why a file could not be read, as it is told. */
export interface FailureOf {
  message: string;
  /** It is passed by where nobody named it. */
  tooLarge: boolean;
}

export function failureOf(error: unknown): FailureOf {
  const tooLarge = error instanceof TooLarge;
  const told = tooLarge || error instanceof NoFile || error instanceof Refused || error instanceof Stopped;
  const ours = error instanceof Error && !('code' in error) && error.name !== 'Error' && !told;
  return { message: ours ? WORDS.internal(error.message) : reason(error), tooLarge };
}

/** What comes of a source one after the other, in plain values: it may have been read in another thread. */
export type Part<T> = { part: T } | { left: { message: string; failed: boolean } } | { failure: FailureOf };
