import type { Span } from '../../../../common/span.ts';
import type { AnalysisOf, KnownKind } from './kind.ts';

/** Tickets and chats are short. */
const MAX_LENGTH = 2 * 1024 * 1024;

/**
 * Kinds that stand beside one another in one text: a dump, a log and a plan in a ticket, a chat or the output of tail(1). In this
 * order, since the reader of each leaves out what is not its own but for that of logs, to which every line may belong.
 */
export const BESIDE = ['thread-dump', 'rest-document', 'job-graph', 'flink-log'] as const satisfies readonly KnownKind[];
export type KindBeside = (typeof BESIDE)[number];

/** Without it a text holds nothing of the kind. Cheap: every text is asked. */
const HINTS: Readonly<Record<KindBeside, RegExp>> = {
  'thread-dump': /java\.lang\.Thread\.State: |"[^"\n]{1,200}" (?:#\d|Id=\d|daemon prio=|prio=)/,
  'rest-document':
    /"(?:[a-z_]{2,30}[-_][a-z_-]{2,30}|exceptionHistory|errors|counts|subtasks|vertices)"\s{0,4}:|Namespace: {2}|LAST SEEN {2}|apiVersion: (?:v1|flink)/,
  'job-graph': /^[ \t>|]{0,9}== (?:Abstract|Optimized|Physical)|"nodes"\s{0,4}:/m,
  'flink-log':
    /\d\d:\d\d:\d\d.{0,80}?\b(?:INFO|WARN|ERROR|FATAL)\b|(?<![^\n])(?:Caused by: )?(?:[a-z_]\w{0,60}\.){1,12}[A-Z]\w{0,100}(?:Exception|Error)(?:: |\r?\n)/,
};

/** What fails in the log of another system is no failure of a job. */
const FLINK = /flink|o\.a\.f\./i;

export const isBeside = (kind: KnownKind): kind is KindBeside => BESIDE.some((one) => one === kind);

/** What else a text may hold besides its main kind. */
export function kindsBeside(text: string, main: KindBeside): KindBeside[] {
  if (text.length > MAX_LENGTH) return [];
  return BESIDE.filter((kind) => kind !== main && HINTS[kind].test(text) && (kind !== 'flink-log' || FLINK.test(text)));
}

/** Where in the text that an analysis was made of stands what is of its kind. */
export const PLACES: { [K in KindBeside]: (analysis: AnalysisOf[K]) => Span[] } = {
  // Between two threads a log may stand.
  'thread-dump': ({ dumps }) =>
    dumps.flatMap(({ dump: { threads, section } }) => [...threads.map(({ span }) => span), ...(section === null ? [] : [section.span])]),
  // The jobs and plans among them are read with them.
  'rest-document': ({ rest, graph }) => [...rest.documents.map(({ span }) => span), ...(graph?.plans.map(({ plan }) => plan.span) ?? [])],
  'job-graph': ({ plans }) => plans.map(({ plan }) => plan.span),
  'flink-log': () => [],
};

/** The text with blanks in some places: what stands elsewhere stands where it did. */
export function without(text: string, places: readonly Span[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { start, end } of [...places].sort((a, b) => a.start - b.start)) {
    if (end <= done) continue;
    parts.push(text.slice(done, Math.max(done, start)), text.slice(Math.max(done, start), end).replace(/[^\r\n]/g, ' '));
    done = end;
  }
  parts.push(text.slice(done));
  return parts.join('');
}
