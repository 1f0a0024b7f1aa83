/**
 * What a terminal, an editor or a browser would obey and nobody would see: control characters but line feed and tab (ESC
 * moves the cursor, BEL rings), the marks that turn the direction of writing, blanks without width, separators of lines
 * that are none, halves of characters.
 */
const HIDDEN = /(?![\n\t])[\p{Cc}\p{Cs}\p{Bidi_Control}\u200b\u2028\u2029\u2060\ufeff]/gu;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Text from a file as it is shown anywhere: what is hidden in it is written out, `\u001b`. */
export const visible = (text: string): string => text.replace(HIDDEN, escaped);

/** JSON that may go to a terminal as well: the same data, hidden characters escaped. */
export const jsonText = (value: unknown, space?: number): string => visible(JSON.stringify(value, null, space));
