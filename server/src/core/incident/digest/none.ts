import type { Digest } from './model.ts';

/** Nothing was read. */
export const NO_SOURCES: Digest = { schema: 1, sources: [], counted: [], unread: [] };
