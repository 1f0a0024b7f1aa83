/** `logjam digest --frames` and `--paths`: files as they come, a digest a line. What its thread is asked, and what it answers. */
export interface ToDigest {
  id: number;
  path: string;
  /** As it is called in the digest. */
  name: string;
}

/** `digest`: one line of JSON. */
export interface DigestMade {
  made: number;
  digest: string;
}

/** Whether the arguments of `logjam digest` say that the files come over standard input. */
export const comesOverInput = (args: readonly string[]): boolean => args.includes('--frames') || args.includes('--paths');
