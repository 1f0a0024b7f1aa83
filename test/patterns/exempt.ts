/** Patterns that recheck does not pass, each with what bounds the text that it sees. The id changes with the pattern. */
export const EXEMPT: Readonly<Record<string, { where: string; why: string }>> = {};
