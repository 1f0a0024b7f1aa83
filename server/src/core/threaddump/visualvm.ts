import { type Header, newHeader } from './header.ts';

/** `"name" - Thread t@12`, or the bare `"name"` before a state line: VisualVM and Spring Boot's text form. */
export function visualvmHeader(text: string, quote: number, end: number): Header | null {
  const line = text.slice(quote, end);
  const match = /^"([\s\S]*)" - Thread t@(\d+)\s*$/.exec(line);
  if (match !== null) {
    const header = newHeader('visualvm', quote + 1, quote + 1 + (match[1] as string).length);
    header.id = Number(match[2]);
    header.key = `#${match[2]}`;
    return header;
  }
  const bare = /^"([\s\S]*)"\s*$/.exec(line);
  if (bare === null) return null;
  const after = end + 1;
  return /^\s*java\.lang\.Thread\.State: /.test(text.slice(after, after + 80))
    ? newHeader('visualvm', quote + 1, quote + 1 + (bare[1] as string).length)
    : null;
}
