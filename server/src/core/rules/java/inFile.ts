import type { OpenedSource } from '../../java/open.ts';
import type { Finding, Fix, TextEdit } from '../../model.ts';
import { PACKINGS } from '../../unwrap/packings/index.ts';
import type { Source } from '../../unwrap/source.ts';
import { JAVA_RULE_WORDS as WORDS } from './words.ts';

/**
 * What was found in source that stands within something else, with the places of the file. Edits that cannot be written
 * back exactly are left out, and a sentence says so.
 *
 * @param undone ids of the packings that were undone; null where the source is a file of its own
 * @param file the text of the file
 */
export function inFile(findings: readonly Finding[], { source, literal }: OpenedSource, undone: readonly string[] | null, file: string): Finding[] {
  if (undone === null) return [...findings];
  const packings = PACKINGS.filter(({ id }) => undone.includes(id)).map(({ title }) => title);
  return findings.map((found) => {
    const fixes = found.fixes.map((fix) => (fix.by === 'edits' && !literal ? null : placed(fix, source, file)));
    const kept = fixes.filter((fix) => fix !== null);
    return {
      ...found,
      at: { ...found.at, span: source.span(found.at.span.start, found.at.span.end) },
      related: found.related.map((one) => ({ ...one, at: { ...one.at, span: source.span(one.at.span.start, one.at.span.end) } })),
      fixes: kept,
      advice: kept.length === fixes.length ? found.advice : [...found.advice, WORDS.packed({ packings })],
    };
  });
}

/** Null where the file would not hold the edited source. */
function placed(fix: Fix, source: Source, file: string): Fix | null {
  if (fix.by === 'edits') {
    const edits = writtenBack(fix.edits, source, file);
    return edits === null ? null : { ...fix, edits };
  }
  if (fix.by !== 'command' || fix.command.id !== 'logjam.showPlaces') return fix;
  const [shown] = fix.command.arguments;
  const places = shown.places.map((place) => ({ ...place, span: source.span(place.span.start, place.span.end) }));
  return { ...fix, command: { ...fix.command, arguments: [{ ...shown, places }] } };
}

/** Edits of a source as edits of the file that it stands in, whose packing is literal; null where they touch what is not the source's. */
export function writtenBack(edits: readonly TextEdit[], source: Source, file: string): TextEdit[] | null {
  const result: TextEdit[] = [];
  for (const edit of edits) {
    const { start, end } = edit.span;
    const from = source.map?.start(start) ?? start;
    const span = { start: from, end: start === end ? from : source.span(start, end).end };
    if (file.slice(span.start, span.end) !== source.text.slice(start, end)) return null;
    const line = source.text.lastIndexOf('\n', start - 1) + 1;
    const lineStart = source.map?.start(line) ?? line;
    // New lines would begin otherwise than those of the file.
    if (start > 0 && lineStart > 0 && file[lineStart - 1] !== '\n') return null;
    result.push({ ...edit, span });
  }
  return result;
}
