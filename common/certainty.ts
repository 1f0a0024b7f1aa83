/** proved by the file; suspected, with its evidence listed; unknown, with what is missing. */
export type Certainty = 'proved' | 'suspected' | 'unknown';
