/**
 * A raw name of a javacore: between the quote that `before` ends with and the last `" (` of the text. A pattern that spans
 * both would read the rest of the line from every quote.
 */
export function quoted(text: string, before: RegExp): string | null {
  const match = before.exec(text);
  if (match === null) return null;
  const start = match.index + match[0].length;
  const end = text.lastIndexOf('" (');
  return end < start ? null : text.slice(start, end);
}
