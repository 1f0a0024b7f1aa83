import * as v from 'valibot';
import { activitiesOf, type ThreadActivity } from '../../core/analysis/threaddump/activity.ts';
import type { AnalysedDump } from '../../core/analysis/threaddump/model.ts';
import { stackGroups } from '../../core/analysis/threaddump/stackGroups.ts';
import { waitsForWork } from '../../core/analysis/threaddump/waitsForWork.ts';
import { doing } from '../../core/rules/threaddump/words.ts';
import type { Frame, Thread } from '../../core/threaddump/model.ts';
import { roleText } from '../../core/views/threaddump/words.ts';
import type { Waiter } from '../../workspace/waiters.ts';
import { type Case, type Cases, sourcesOf } from '../cases.ts';
import { cursor, page, paged, tokens, tokensOf, told } from '../paging.ts';
import { caseId } from '../schemas.ts';
import { tool } from '../tool.ts';
import { ToolError } from '../toolError.ts';
import { TOOL_TITLES } from '../toolTitleWords.ts';
import { THREADS } from '../words.ts';

const MAX = { names: 5, frames: 8, name: 160, dumps: 12 };

const thread = v.strictObject({
  id: v.string(),
  name: v.string(),
  role: v.nullable(v.string()),
  state: v.nullable(v.string()),
  doing: v.string(),
  waitsFor: v.nullable(v.strictObject({ lock: v.string(), heldBy: v.nullable(v.string()) })),
  holds: v.array(v.strictObject({ lock: v.string(), waitedForBy: v.array(v.string()) })),
  frames: v.pipe(v.array(v.string()), v.description(THREADS.frames)),
  at: v.string(),
});

const output = v.strictObject({
  dumps: v.array(
    v.strictObject({
      id: v.string(),
      source: v.string(),
      time: v.nullable(v.string()),
      threads: v.number(),
      deadlocks: v.array(v.array(v.string())),
    }),
  ),
  moreDumps: v.number(),
  dump: v.nullable(v.string()),
  stacks: v.pipe(
    v.array(
      v.strictObject({
        count: v.number(),
        states: v.array(v.string()),
        harmless: v.pipe(v.boolean(), v.description(THREADS.harmless)),
        roles: v.array(v.string()),
        threads: v.array(v.strictObject({ id: v.string(), name: v.string() })),
        frames: v.array(v.string()),
        moreFrames: v.number(),
      }),
    ),
    v.description(THREADS.stacks),
  ),
  thread: v.nullable(thread),
  ...page,
});
type Answer = v.InferOutput<typeof output>;

export const threads = tool({
  name: 'logjam_threads',
  ...TOOL_TITLES.logjam_threads,
  description: THREADS.description,
  input: v.strictObject({
    case: caseId,
    dump: v.exactOptional(v.pipe(v.string(), v.maxLength(20), v.description(THREADS.dump))),
    thread: v.exactOptional(v.pipe(v.string(), v.maxLength(40), v.description(THREADS.thread))),
    text: v.exactOptional(v.pipe(v.string(), v.maxLength(1000), v.description(THREADS.text))),
    state: v.exactOptional(v.picklist(['NEW', 'RUNNABLE', 'BLOCKED', 'WAITING', 'TIMED_WAITING', 'TERMINATED'])),
    idle: v.optional(v.pipe(v.boolean(), v.description(THREADS.idle)), false),
    cursor,
    tokens,
  }),
  output,
  run: async (cases, input, waiter) => {
    const opened = await cases.of(input.case);
    const dumps = await dumpsOf(cases, opened, waiter);
    if (dumps.length === 0) throw new ToolError(THREADS.none);
    if (input.thread !== undefined) return { dumps: [], moreDumps: dumps.length, dump: null, stacks: [], ...wholeThread(dumps, input.thread, input) };
    const dump = dumps.find(({ id }) => id === (input.dump ?? 'D1').toUpperCase());
    if (dump === undefined)
      throw new ToolError(
        THREADS.noDump(
          input.dump ?? '',
          dumps.map(({ id }) => id),
        ),
      );
    // A third of the room at most tells which dumps there are: names of files may be long.
    const { items: list, more: moreDumps } = paged(dumps, 0, { tokens: input.tokens / 3, most: MAX.dumps }, dumpRow);
    const { items, more, next } = paged(stacksOf(dump, input), input.cursor, { ...input, spent: tokensOf(list) }, (one) => one);
    return { dumps: list, moreDumps, dump: dump.id, stacks: items, thread: null, more, next };
  },
});

interface NumberedDump {
  /** "D1": in the order of the case's sources and of the dumps in each. */
  id: string;
  source: string;
  analysed: AnalysedDump;
  /** Line of an offset, from 0. */
  lineOf(offset: number): number;
}

async function dumpsOf(cases: Cases, opened: Case, waiter: Waiter): Promise<NumberedDump[]> {
  const found: NumberedDump[] = [];
  for (const source of sourcesOf(opened, 'thread-dump')) {
    const document = await cases.source(opened, source, waiter);
    if (document.analysis.kind !== 'thread-dump') continue;
    for (const analysed of document.analysis.dumps) {
      found.push({ id: `D${found.length + 1}`, source, analysed, lineOf: (offset) => document.index.lineOf(offset) });
    }
  }
  return found;
}

const threadId = (dump: NumberedDump, index: number): string => `${dump.id}.T${index + 1}`;

const nameOf = ({ analysed }: NumberedDump, index: number): string => told(analysed.waits.threads[index]?.name ?? '', MAX.name);

const dumpRow = (dump: NumberedDump): Answer['dumps'][number] => ({
  id: dump.id,
  source: dump.source,
  time: dump.analysed.dump.time,
  threads: dump.analysed.dump.threads.length,
  deadlocks: dump.analysed.deadlocks.map((one) => one.threads.map((index) => threadId(dump, index))),
});

/** What may hold something up first, then the largest. */
function stacksOf(dump: NumberedDump, { text, state, idle }: { text?: string; state?: string; idle: boolean }): Answer['stacks'] {
  const of = new Map(activitiesOf(dump.analysed).map((activity) => [activity.thread, activity]));
  const wanted = text?.toLowerCase();
  const kept = dump.analysed.dump.threads.filter((one) => state === undefined || one.state === state);
  const groups = stackGroups(kept)
    .filter(({ frames, threads: those }) => wanted === undefined || holds([...frames, ...those.map(({ name }) => name)], wanted))
    .map((group) => ({ group, known: group.threads.flatMap((one) => of.get(one) ?? []) }))
    .map(({ group, known }) => ({ group, known, harmless: known.every(waitsForWork) }))
    .filter(({ harmless }) => idle || wanted !== undefined || !harmless);
  const inOrder = [...groups.filter(({ harmless }) => !harmless), ...groups.filter(({ harmless }) => harmless)];
  return inOrder.map(({ group, known, harmless }) => ({
    count: group.threads.length,
    states: [...group.states.keys()].map((one) => one ?? 'unknown'),
    harmless,
    roles: rolesOf(known),
    threads: group.threads.slice(0, MAX.names).map(({ index, name }) => ({ id: threadId(dump, index), name: told(name, MAX.name) })),
    frames: group.frames.slice(0, MAX.frames).map((frame) => told(frame)),
    moreFrames: Math.max(0, group.frames.length - MAX.frames),
  }));
}

const holds = (texts: readonly string[], wanted: string): boolean => texts.some((text) => text.toLowerCase().includes(wanted));

const rolesOf = (known: readonly ThreadActivity[]): string[] =>
  [...new Set(known.flatMap(({ role }) => (role === null ? [] : [role.role.title])))].slice(0, MAX.names);

function wholeThread(
  dumps: readonly NumberedDump[],
  id: string,
  input: { cursor: number; tokens: number },
): Pick<Answer, 'thread' | 'more' | 'next'> {
  const [, dumpName = '', number = ''] = /^(D\d{1,6})\.T(\d{1,7})$/i.exec(id) ?? [];
  const dump = dumps.find((one) => one.id === dumpName.toUpperCase());
  const index = Number(number) - 1;
  const node = dump?.analysed.waits.threads[index];
  if (dump === undefined || node === undefined) throw new ToolError(THREADS.noThread(id));
  const { waits } = dump.analysed;
  const wait = waits.waits.get(index);
  const held = [...waits.locks.values()].filter(({ holds: those }) => those.some((hold) => hold.threadIndex === index));
  const { frames, state } = node.thread ?? ({ frames: [], state: null } satisfies Pick<Thread, 'frames' | 'state'>);
  const role = activitiesOf(dump.analysed)[index]?.role ?? null;
  const known = {
    id: threadId(dump, index),
    name: nameOf(dump, index),
    role: role === null ? null : roleText(role),
    state,
    doing: doing(waits, node),
    waitsFor:
      wait === undefined
        ? null
        : { lock: lockText(wait.lock.ref), heldBy: wait.owner === null ? null : `${threadId(dump, wait.owner)} ${nameOf(dump, wait.owner)}` },
    holds: held.map((lock) => ({
      lock: lockText(lock.ref),
      waitedForBy: lock.waiters.slice(0, MAX.names).map((one) => `${threadId(dump, one)} ${nameOf(dump, one)}`),
    })),
    at: `${dump.source}:${dump.lineOf(node.span.start) + 1}`,
  };
  const { items, more, next } = paged(frames, input.cursor, { tokens: input.tokens, spent: tokensOf(known) }, (frame) => told(frameText(frame)));
  return { thread: { ...known, frames: items }, more, next };
}

const lockText = ({ key, className }: { key: string; className: string | null }): string => told(className === null ? key : `${className} ${key}`);

const frameText = ({ className, method, file, line, native }: Frame): string =>
  `${className}.${method}(${native ? 'Native Method' : file === null ? '' : `${file}${line === null ? '' : `:${line}`}`})`;
