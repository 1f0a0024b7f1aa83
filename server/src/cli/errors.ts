/** Bad usage: one line on stderr, exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** The command cannot go on, and why was said on stderr already: exit code 2. */
export class Told extends Error {
  override name = 'Told';
}
