import { type Certainty, type Draft, MAX_MESSAGE } from '../model.ts';
import { CERTAINTY } from './words.ts';

/** How many characters a message may have beside the word for its certainty. */
export const roomFor = (certainty: Certainty): number => MAX_MESSAGE - CERTAINTY[certainty].length;

/** The one line of a finding in lists: its message, with its certainty where it is not proved. */
export const headline = ({ certainty, message }: Pick<Draft, 'certainty' | 'message'>): string => `${CERTAINTY[certainty]}${message}`;
