/** Set by the build from package.json. */
declare const VERSION: string | undefined;

/** The version of Logjam; unbundled code (tests) has none. */
export const version: string = typeof VERSION === 'undefined' ? 'unbundled' : VERSION;
