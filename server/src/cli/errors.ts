/** Bad usage: one line on stderr, exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Something is not done, and why is the message. */
export class Refused extends Error {
  override name = 'Refused';
}

/** The command cannot go on, and why was said on stderr already: exit code 2. */
export class Told extends Error {
  override name = 'Told';
}
