import type { DocumentOf, ParametersOf } from '../../../../common/contracts.ts';
import type { GraphDocument } from '../../../../common/graph.ts';
import { DEFAULT_SETTINGS } from '../../../../common/settings.ts';
import type { Place, Span } from '../../../../common/span.ts';
import { type CommandView, type DocumentName, type GraphView, type TextName, type ViewName, viewsOf } from '../../../../common/views.ts';
import { baseName } from '../../../../common/virtual.ts';
import { visible } from '../../../../common/visible.ts';
import { NO_CHECKPOINT } from '../checkpoint.ts';
import { detect, looksLike } from '../detect.ts';
import { fit } from '../incident/digest/fit.ts';
import type { Digest, FoundDigest, SourceDigest, SourceOf } from '../incident/digest/model.ts';
import { NO_SOURCES } from '../incident/digest/none.ts';
import { rankOf } from '../incident/digest/rank.ts';
import { contentId, isSampled, type LineOf } from '../incident/digest/source.ts';
import type { Fact, Finding, Input, Options } from '../model.ts';
import { type Problem, problem } from '../problems.ts';
import type { Verdict } from '../views/verdict.ts';
import {
  type Analysis,
  type AnalysisOf,
  type KindModule,
  type KindParts,
  type KnownKind,
  moduleOf,
  type Summary,
  type UnknownAnalysis,
} from './kind.ts';

import { BESIDE, isBeside, type KindBeside, kindsBeside, PLACES, without } from './mixed.ts';

export type { Analysis } from './kind.ts';

/** Every kind once, loaded with the first text of it: most of what a start would take is the kinds that nobody asks for. */
const KINDS: { readonly [K in KnownKind]: () => Promise<KindModule<K>> } = {
  'thread-dump': async () => (await import('./threadDump.ts')).threadDumpKind,
  'flink-log': async () => (await import('./flinkLog.ts')).flinkLogKind,
  'gc-log': async () => (await import('./gcLog.ts')).gcLogKind,
  'job-graph': async () => (await import('./jobGraph.ts')).jobGraphKind,
  'rest-document': async () => (await import('./restDocument.ts')).restDocumentKind,
  'java-source': async () => (await import('./javaSource.ts')).javaSourceKind,
};

export const DEFAULT_OPTIONS: Options = { settings: DEFAULT_SETTINGS, checkpoint: NO_CHECKPOINT };

/** The facade: reads a text of any kind. A text that is none of ours gives an analysis of kind "unknown" that says so. */
export async function analyse(input: Input, options: Options = DEFAULT_OPTIONS): Promise<Analysis> {
  const kind = input.kind ?? detect(input.text).kind;
  if (kind === 'unknown') return nothing(whyUnknown(input));
  const module = await KINDS[kind]();
  // Others may have had their turn meanwhile: who watches over the thread is told again what runs.
  await options.checkpoint.pause();
  return withParts(await module.analyse({ ...input, kind }, options), input, options);
}

/** Why a text is none of ours. */
function whyUnknown({ text, uri }: Input): Problem {
  const span = { start: 0, end: Math.min(text.length, 200) };
  if (text.trim() === '') return problem('empty-file', {}, span);
  // What every empty answer looks like, so that the name alone tells what was asked for.
  if (text.length < 100 && /^\s*(?:\[\s*\]|\{\s*\})\s*$/.test(text)) return problem('empty-answer', { metrics: /metric/i.test(baseName(uri)) }, span);
  return problem('unknown-kind', {}, span);
}

/** An analysis with what else the text holds: the dump, the log and the plan of one ticket. */
async function withParts(main: AnalysisOf[KnownKind], input: Input, options: Options): Promise<Analysis> {
  const { kind } = main;
  const kinds = isBeside(kind) ? kindsBeside(input.text, kind) : [];
  if (kinds.length === 0) return main;
  let { text } = input;
  let own = main;
  const parts: AnalysisOf[KnownKind][] = [];
  for (const one of BESIDE) {
    if (one !== kind && (!kinds.includes(one) || looksLike(one, text) < LIKELY)) continue;
    // Lines of others would be read as part of a log's.
    const again = one !== kind || (one === 'flink-log' && text !== input.text);
    const read = again ? await (await KINDS[one]()).analyse({ ...input, text, kind: one }, options) : main;
    const analysis = kind === 'job-graph' ? withoutJobs(read) : read;
    if (one === kind) own = analysis;
    else if (analysis.findings.length === 0) continue;
    parts.push(analysis);
    text = without(text, placesIn(one, analysis));
  }
  return parts.length < 2 ? main : { ...own, parts, findings: parts.flatMap(({ findings }) => findings) };
}

/** Documents of the REST API without the jobs among them, where those are the main part of the text. */
function withoutJobs(analysis: AnalysisOf[KnownKind]): AnalysisOf[KnownKind] {
  if (analysis.kind !== 'rest-document' || analysis.graph === null) return analysis;
  const { findings } = analysis.graph;
  return { ...analysis, graph: null, findings: analysis.findings.filter((one) => !findings.includes(one)) };
}

/** What a text holds, each kind for itself. */
const partsOf = (analysis: Analysis): readonly Analysis[] => analysis.parts ?? [analysis];

const sectionsIn = (analysis: Analysis) => (analysis.kind === 'flink-log' ? analysis.sections : undefined);

/** The logs of several processes in one text are as many sources, each called by the line above it too. */
function sectionsOf(analysis: Analysis, read: Read): { analysis: Analysis; read: Read }[] {
  const sections = sectionsIn(analysis);
  if (sections === undefined) return [{ analysis, read }];
  return sections.map(({ name, span, analysis: own }) => ({
    analysis: own,
    read: { ...read, name: name === null ? read.name : `${read.name}: ${name}`, text: read.text.slice(span.start, span.end) },
  }));
}

/** Less is what any text may look like. */
const LIKELY = 0.4;

/** The compiler does not see that kind and analysis are of one K. */
const placesIn = <K extends KindBeside>(kind: K, analysis: AnalysisOf[KnownKind]): Span[] => PLACES[kind](analysis as AnalysisOf[K]);

/** An analysis that was not made by `analyse` answers for its views once its kind is loaded. */
export async function loadKind({ kind }: Analysis): Promise<void> {
  if (kind !== 'unknown') await KINDS[kind]();
}

/**
 * Runs something with the module of an analysis. `K` stands for one kind at a time, so that module and analysis fit;
 * null for what is none of ours.
 */
function within<R>(analysis: Analysis, run: <K extends KnownKind>(module: KindParts<K>, analysis: AnalysisOf[K]) => R): R | null {
  return analysis.kind === 'unknown' ? null : withKind(analysis.kind, analysis, run);
}

function withKind<K extends KnownKind, R>(kind: K, analysis: AnalysisOf[K], run: (module: KindParts<K>, analysis: AnalysisOf[K]) => R): R {
  return run(moduleOf(kind), analysis);
}

export function summary(analysis: Analysis): Summary {
  return within<Summary>(analysis, (module, known) => module.summary(known));
}

/** What is the matter with a file; null for what is none of ours, and for sources. */
export function verdict(analysis: Analysis): Verdict | null {
  const known = verdicts.get(analysis);
  if (known !== undefined) return known;
  const told = within(analysis, (module, one) => module.verdict(one));
  const made = told === null ? null : { ...told, text: visible(told.text) };
  verdicts.set(analysis, made);
  return made;
}

/** Lens, outline and status item ask for it with every change of a text; that of several dumps compares them. */
const verdicts = new WeakMap<Analysis, Verdict | null>();

/** The view that shows best what the verdict tells; null for what is none of ours, and for sources. */
export function firstView(analysis: Analysis): CommandView | null {
  return within<CommandView | null>(analysis, (module, known) => module.first?.(known) ?? (module.report === undefined ? null : 'report'));
}

/** A source as it is read: its text, where that is in memory, and what turns its spans into lines. */
export interface Read {
  name: string;
  bytes: number;
  text: string;
  lineOf: LineOf;
}

/** Whether there is more than one source in a text, as where it holds the logs of several processes. */
export const isSeveral = (analysis: Analysis): boolean => partsOf(analysis).reduce((count, part) => count + (sectionsIn(part)?.length ?? 1), 0) > 1;

/** What a source says beyond itself; of what is none of ours its name. */
export function digest(analysis: Analysis, read: Read): Digest {
  const sources = partsOf(analysis).flatMap((part) =>
    sectionsOf(part, read).flatMap((one) => within<SourceDigest[]>(one.analysis, (module, known) => [sourceDigest(module, known, one.read)]) ?? []),
  );
  if (sources.length > 0) return { ...NO_SOURCES, sources };
  return { ...NO_SOURCES, unread: [{ name: read.name, why: analysis.problems[0]?.message ?? '', failed: false }] };
}

function sourceDigest<K extends KnownKind>(module: KindParts<K>, analysis: AnalysisOf[K], { name, bytes, text, lineOf }: Read): SourceDigest {
  const { dialect, flinkVersion } = analysis;
  const { body, left, size } = fit((keep) => ({
    kind: analysis.kind,
    bytes,
    dialect,
    flinkVersion: flinkVersion === null ? null : { range: flinkVersion.range, evidence: flinkVersion.evidence },
    findings: keep.first(analysis.findings).map((finding) => foundDigest(finding, lineOf)),
    body: module.digest(analysis, keep, lineOf),
  }));
  // The compiler does not see that kind and body are of one K.
  return {
    id: contentId(analysis.kind, text, isSampled(text) ? JSON.stringify(body) : ''),
    names: [visible(name)],
    left,
    form: 'full',
    ...rankOf(body as SourceOf<K>),
    size,
    ...body,
  } as SourceOf<K> as SourceDigest;
}

const MAX_MESSAGE = 1000;
const MAX_ADVICE = 4;

const foundDigest = ({ at, ...finding }: Finding, lineOf: LineOf): FoundDigest => ({
  id: finding.id,
  code: finding.code,
  severity: finding.severity,
  certainty: finding.certainty,
  message: finding.message.slice(0, MAX_MESSAGE),
  advice: finding.advice.slice(0, MAX_ADVICE).map((sentence) => sentence.slice(0, MAX_MESSAGE)),
  facts: finding.facts,
  fingerprint: finding.fingerprint,
  knownIssue: finding.knownIssue,
  line: lineOf(at),
});

/** What there is to show of a file. */
export function views(analysis: Analysis): ViewName[] {
  return viewsOf(analysis.kind).filter((name) => within(analysis, (module, known) => module.has?.(known, name) ?? true));
}

export function graph(analysis: Analysis, view: GraphView, focus?: string): GraphDocument<Span> | null {
  return within(analysis, (module, known) => module.graphs[view]?.(known, focus) ?? null);
}

/** A document of another panel or of a command; null where the kind has none of that name. */
export function documentOf<N extends DocumentName>(
  analysis: Analysis,
  name: N,
  place: (span: Span) => Place,
  parameters: ParametersOf[N],
): DocumentOf[N] | null {
  return within(analysis, (module, known) => module.documents[name]?.(known, place, parameters) ?? null);
}

/** Texts leave here: nothing in them is hidden. Names in Markdown are escaped where the sentence is made. */
const shown = (text: string | null): string | null => (text === null ? null : visible(text));

/** A text made from one file; see {@link KindParts.texts}. */
export function textOf(
  analysis: Analysis,
  name: TextName,
  { part, title, uri, lineOf }: { part: number; title: string; uri: string; lineOf: (offset: number) => number },
): string | null {
  const text = within(analysis, (module, known) => {
    if (name === 'report') return module.report?.(known, title, uri) ?? null;
    if (name === 'comparison') return module.comparison?.([{ analysis: known, uri, lineOf }]) ?? null;
    return name === 'filtered' ? null : (module.texts[name]?.(known, { part, uri, lineOf }) ?? null);
  });
  return shown(text);
}

/** What changed between two files of one kind; null where the kinds differ or have no comparison. */
export function diff(one: Analysis, other: Analysis): string | null {
  return shown(within(one, (module, known) => (sameKind(known, other) ? (module.diff?.(known, other) ?? null) : null)));
}

/** Files of one kind beside each other, as a page; null where the kinds differ or have no comparison. */
export function comparison([first, ...others]: readonly { analysis: Analysis; uri: string; lineOf: (offset: number) => number }[]): string | null {
  if (first === undefined) return null;
  return shown(
    within(first.analysis, (module, known) => {
      const files = [{ ...first, analysis: known }];
      for (const one of others) {
        if (!sameKind(known, one.analysis)) return null;
        files.push({ ...one, analysis: one.analysis });
      }
      return module.comparison?.(files) ?? null;
    }),
  );
}

/** The same as JSON; see {@link KindParts.diffFacts}. */
export function diffFacts(one: Analysis, other: Analysis): Fact | null {
  return within(one, (module, known) => (sameKind(known, other) ? (module.diffFacts?.(known, other) ?? null) : null));
}

/** The same as a graph; see {@link KindParts.diffGraph}. */
export function diffGraph(one: Analysis, other: Analysis, firstUri: string): GraphDocument<Span> | null {
  return within(one, (module, known) => (sameKind(known, other) ? (module.diffGraph?.(known, other, firstUri) ?? null) : null));
}

const sameKind = <A extends Analysis>(one: A, other: Analysis): other is A => one.kind === other.kind;

export function report(analysis: Analysis, title: string, uri?: string): string | null {
  const pages = partsOf(analysis).flatMap((one) => within(one, (module, known) => module.report?.(known, title, uri) ?? null) ?? []);
  return pages.length === 0 ? null : shown(pages.join('\n\n'));
}

/** The analysis of what is none of ours; the problem says so. */
export function nothing(why: Problem): UnknownAnalysis {
  return { kind: 'unknown', dialect: 'unknown', flinkVersion: null, problems: [why], findings: [] };
}
