import type { Range } from './span.ts';

/** Links of a report's Markdown that lead into files: `[taskmanager.log:12](<file:///…#L12>)`. */
const LINK = /\]\(<([^<>\n]+)>\)/g;

/** A page of VS Code follows no link to a file: there each is a fragment that holds the whole link. */
export function linksAsFragments(markdown: string): string {
  return markdown.replace(LINK, (_, link: string) => `](#${encodeURIComponent(link)})`);
}

/** The file and the line behind such a fragment; null for any other link. */
export function placeOfLink(href: string): { uri: string; range: Range } | null {
  if (!href.startsWith('#')) return null;
  let link: string;
  try {
    link = decodeURIComponent(href.slice(1));
  } catch {
    return null;
  }
  if (!/^[a-z][a-z0-9+.-]+:/i.test(link)) return null;
  const [, uri = link, number = '1'] = /^(.*)#L(\d+)$/s.exec(link) ?? [];
  const line = Number(number) - 1;
  return { uri, range: { start: { line, character: 0 }, end: { line, character: 0 } } };
}
