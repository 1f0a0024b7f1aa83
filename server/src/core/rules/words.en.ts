import type { Certainty } from '../model.ts';

/** Before a finding's message: nobody should have to look its certainty up. */
export const CERTAINTY: Record<Certainty, string> = { proved: '', suspected: 'Suspected: ', unknown: 'Unknown: ' };
