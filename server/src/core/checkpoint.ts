/** Lets a long loop give way to other requests, and end when nobody wants its result any more. */
export interface Checkpoint {
  /** Cheap; true when about 10 ms have passed since the last pause. */
  due(): boolean;
  /** Gives way; throws {@link Cancelled} when the work was cancelled meanwhile. */
  pause(): Promise<void>;
}

export class Cancelled extends Error {
  override name = 'Cancelled';
}

/** The work was ended from outside, and why is the message. */
export class Stopped extends Error {
  override name = 'Stopped';
}

/** The work has passed the time that it may take. */
export class TookTooLong extends Stopped {
  override name = 'TookTooLong';
  /** In seconds. */
  readonly limit: number;

  constructor(limit: number) {
    super(`took longer than ${limit} s and was stopped; the setting logjam.analysis.timeLimit allows more`);
    this.limit = limit;
  }
}

/** For the command line and tests: never gives way. */
export const NO_CHECKPOINT: Checkpoint = { due: () => false, pause: async () => {} };
