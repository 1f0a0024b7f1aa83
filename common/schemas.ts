import * as v from 'valibot';

/** What messages from outside are made of: of a page of ours, which shows what files say, and of any client of the server. */

/** In characters: no name, no uri, no text that somebody types is longer. */
const MAX_TEXT = 100_000;

export const text = v.pipe(v.string(), v.maxLength(MAX_TEXT));
export const uri = v.pipe(text, v.regex(/^[a-z][a-z0-9+.-]*:/i, 'no uri'));
export const flag = v.boolean();
/** A line, a column, a number of things. */
export const amount = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const position = v.object({ line: amount, character: amount });
export const place = v.object({ start: position, end: position, uri: v.exactOptional(uri) });
/** What is filled into a form, by field id. */
export const formValues = v.record(text, v.union([text, v.pipe(v.number(), v.finite())]));
