import type { Checkpoint } from '../checkpoint.ts';
import { unwrap } from '../unwrap/index.ts';
import { decodedString } from '../unwrap/json/escapes.ts';
import type { Source } from '../unwrap/source.ts';
import { inTurns } from '../unwrap/steps.ts';
import { readCompanions } from './companions.ts';
import { emptyContext } from './context.ts';
import type { ParsedJobGraph } from './model.ts';
import { planReading } from './readable.ts';
import { DocumentReader } from './readers/document.ts';
import { explainSections, readSection } from './readers/explain.ts';
import { OPERATOR_LIST, readOperatorLists } from './readers/operatorList.ts';

/** Where a document of ours may begin inside other text; the quotes may be escaped when it stands in a string. */
const BEGIN =
  /(?:\{|\[\s*\{)(?:\s|\\+[nrt])*(\\*)"(?:nodes|plan|jid|flinkVersion|archive|vertices|stream-graph|mode|status|key|backpressureLevel|backpressure-level|id)\\*"\s*:/g;

/** "/jobs/…/vertices/…" on a line before a document, as in a bundle of REST answers. */
const PATH = /\/jobs\/[0-9a-f]{32}\/[\w\-/]+/g;

/** Pieces of text beyond this many are not looked at: a bundle has some tens of documents. */
const MAX_DOCUMENTS = 2000;

/** Reads every plan of a text and what the text says about the job beside them. Never throws but for cancellation. */
export async function parseJobGraph(text: string, checkpoint: Checkpoint): Promise<ParsedJobGraph> {
  const { source, packings } = await inTurns(unwrap(text, planReading), checkpoint);
  const out = await readSource(source, checkpoint);
  out.wrappers.unshift(...packings);
  return out;
}

async function readSource(source: Source, checkpoint: Checkpoint): Promise<ParsedJobGraph> {
  const out: ParsedJobGraph = { plans: [], context: emptyContext(), problems: [], withoutGraph: null, wrappers: [] };
  const { text } = source;
  const covered: [number, number][] = [];
  let from = 0;
  const first = /^[\s\uFEFF]*(?=[{[])/.exec(text);
  if (first !== null) {
    from = first[0].length;
    const document = new DocumentReader(source, from, out, checkpoint);
    if (await document.read()) {
      covered.push([from, document.reader.pos]);
      from = document.reader.pos;
    }
  }
  // Mostly the text was one document, and this is its end.
  if (from > 0 && text.length - from < 4096 && text.slice(from).trim() === '') return out;
  const sections = text.includes('== ') ? explainSections(text, from) : [];
  for (const section of sections) {
    if (checkpoint.due()) await checkpoint.pause();
    const plan = readSection(source, section);
    if (plan !== null) out.plans.push(plan);
  }
  const lists = OPERATOR_LIST.test(text) ? readOperatorLists(source, from) : [];
  out.plans.push(...lists);
  await scan(source, from, out, checkpoint, covered, sections.length + lists.length > 0);
  readCompanions(source, out.context, covered);
  return out;
}

async function scan(
  source: Source,
  from: number,
  out: ParsedJobGraph,
  checkpoint: Checkpoint,
  covered: [number, number][],
  sections: boolean,
): Promise<void> {
  const { text } = source;
  const begin = new RegExp(BEGIN);
  begin.lastIndex = from;
  let last = from;
  // What turns out to be none of ours may be read again from a place inside; not without end.
  let budget = text.length * 2 + 100_000;
  for (let count = 0, match = begin.exec(text); match !== null && count < MAX_DOCUMENTS; match = begin.exec(text), count++) {
    if (checkpoint.due()) await checkpoint.pause();
    const start = match.index;
    const path =
      text
        .slice(Math.max(last, start - 2000), start)
        .match(PATH)
        ?.at(-1) ?? '';
    const escaped = match[1] !== '';
    const { end, known } = escaped ? await readEscaped(source, start, out, checkpoint, path) : await readPlain(source, start, out, checkpoint, path);
    if (!known) {
      budget -= end - start;
      if (budget < 0) return;
      continue;
    }
    covered.push([start, end]);
    if (!sections && text.slice(0, start).trim() !== '' && !escaped && !out.wrappers.includes('text')) out.wrappers.push('text');
    begin.lastIndex = Math.max(end, begin.lastIndex);
    last = end;
  }
}

async function readPlain(source: Source, start: number, out: ParsedJobGraph, checkpoint: Checkpoint, path: string) {
  const document = new DocumentReader(source, start, out, checkpoint, path);
  const known = await document.read();
  return { known, end: document.reader.pos };
}

/** A document inside a string of something else, such as one line of a JSON log. */
async function readEscaped(source: Source, start: number, out: ParsedJobGraph, checkpoint: Checkpoint, path: string) {
  const { text } = source;
  let end = text.indexOf('"', start);
  while (end !== -1 && text[end - 1] === '\\') end = text.indexOf('"', end + 1);
  if (end === -1) end = text.length;
  let inner = decodedString(source, start, end);
  for (let depth = 0; depth < 3 && /^[{[]\s*\\/.test(inner.text); depth++) inner = decodedString(inner, 0, inner.text.length);
  const known = await new DocumentReader(inner, 0, out, checkpoint, path).read();
  if (known && !out.wrappers.includes('json-string')) out.wrappers.push('json-string');
  return { known, end };
}
