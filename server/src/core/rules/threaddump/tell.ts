import type { Span } from '../../../../../common/span.ts';
import type { ThreadActivity } from '../../analysis/threaddump/activity.ts';
import type { ConnectionUse } from '../../analysis/threaddump/connectionUse.ts';
import type { Ender } from '../../analysis/threaddump/enders.ts';
import type { ThreadDumpAnalysis } from '../../analysis/threaddump/model.ts';
import { displayName, frameName, standsAt } from '../../analysis/threaddump/names.ts';
import { type CommandFix, type Draft, finding, type RelatedDraft, type Rule } from '../../model.ts';
import type { Frame } from '../../threaddump/model.ts';
import { saidOf } from '../../wording.ts';
import { roomFor } from '../saying.ts';
import type { ConnectionFacts, DumpFacts, EnderFacts, FixFacts, RelatedFacts } from './facts.ts';
import { DUMP_RULE_WORDS } from './findingWords.ts';
import { FIXES, RELATED } from './words.ts';

type Parts = Pick<Draft, 'certainty' | 'span'> & Partial<Pick<Draft, 'severity' | 'key' | 'related' | 'fixes' | 'knownIssue'>>;

/** A finding with the words for its facts. */
export function tell<Code extends keyof DumpFacts>(
  rule: Pick<Rule<ThreadDumpAnalysis>, 'id' | 'severity'>,
  code: Code,
  facts: DumpFacts[Code],
  parts: Parts,
): Draft {
  return finding(rule, { code, facts, ...saidOf<DumpFacts[Code]>(DUMP_RULE_WORDS[code], facts, roomFor(parts.certainty)), ...parts });
}

/** A place beside a finding. */
export function beside<Code extends keyof RelatedFacts>(span: Span, code: Code, facts: RelatedFacts[Code]): RelatedDraft {
  return { message: RELATED[code](facts), span };
}

/** Where a thread of Flink stands and what that means. */
export const standing = ({ thread, standing: known, activity }: ThreadActivity): RelatedDraft =>
  beside(thread.nameSpan, 'stands-at', { thread: thread.name, frame: known?.known.id ?? null, activity });

/**
 * A thread that waits for something that is not a lock: for the holder of a lock and for a task told in one way. That a wait
 * has a timeout makes an information of it.
 */
export function tellWait<Code extends 'lock-holder-waits' | 'task-waits-in-user-code'>(
  rule: Pick<Rule<ThreadDumpAnalysis>, 'id' | 'severity'>,
  code: Code,
  facts: DumpFacts[Code],
  { ends, caller, related, ...parts }: Omit<Parts, 'certainty' | 'severity'> & { ends: boolean; caller: Frame; related: RelatedDraft[] },
): Draft {
  return tell({ id: rule.id, severity: ends ? 'info' : rule.severity }, code, facts, {
    certainty: 'suspected',
    related: [beside(caller.span, 'it-waits-here', {}), ...related],
    ...parts,
  });
}

/** Threads that wait at the same place. */
export const waitToo = (threads: readonly { name: string; span: Span }[]): RelatedDraft[] =>
  threads.map(({ name, span }) => beside(span, 'waits-too', { thread: name }));

/** What the compiler calls the code of a lambda, with the method that it stands in. */
const LAMBDA = /\blambda\$(\w+)\$\d+/;

/** A place in a lambda as one of the method in which the lambda stands. */
export const readableCall = (place: string): string => place.replace(LAMBDA, '$1');

/** As facts of a finding. */
export const enderFacts = ({ thread, threads, does, for: what, frame }: Ender): EnderFacts => ({
  thread: displayName({ name: thread.name, thread }),
  threads,
  does,
  for: what,
  at: frameName(frame),
});

export function connectionFacts({ pool, use, leakOptions, threads }: ConnectionUse): ConnectionFacts {
  const first = threads[0];
  const thread = first === undefined ? '' : displayName({ name: first.name, thread: first });
  return { pool, use, options: leakOptions, thread, threads: threads.length, at: standsAt(first ?? null) };
}

/** As places beside it. */
export const endersBeside = (enders: readonly Ender[]): RelatedDraft[] =>
  enders.map((ender) => beside(ender.thread.nameSpan, 'may-end-it', enderFacts(ender)));

/** The graph of locks and threads at one of its nodes. */
export function showInGraph(code: Extract<keyof FixFacts, `show-${string}`>, uri: string, node: string): CommandFix {
  return { title: FIXES[code]({}), kind: 'show', by: 'command', command: { id: 'logjam.showGraphAt', arguments: [uri, 'lock-wait', node] } };
}
