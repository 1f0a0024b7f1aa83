import { KNOWN_ISSUES, type ThreadPattern } from '../../knowledge/issues/index.ts';
import { endsOfPattern, StackFilter } from './stackFilter.ts';

const ENDS = new Map<RegExp, ReturnType<typeof endsOfPattern>>();

/** The ends of the methods that a frame of a signature matches, computed once. */
export function endsOf(frame: RegExp): ReturnType<typeof endsOfPattern> {
  let ends = ENDS.get(frame);
  if (ends === undefined) {
    ends = endsOfPattern(frame);
    ENDS.set(frame, ends);
  }
  return ends;
}

/** Of frames that a stack needs all of, the one whose ends are the most telling: the longer the shortest of them, the rarer. */
function anchors(frames: readonly RegExp[]): string[] | null {
  const named = frames.flatMap((frame) => {
    const ends = endsOf(frame);
    return ends === null ? [] : [ends];
  });
  const rarity = (ends: readonly string[]): number => Math.min(...ends.map((end) => end.length));
  return named.sort((a, b) => rarity(b) - rarity(a))[0] ?? null;
}

/** Null as soon as one of the stacks can be any. */
function anchorsOfAll(stacks: readonly (readonly RegExp[])[]): string[] | null {
  const all = stacks.map(anchors);
  return all.includes(null) ? null : all.flatMap((ends) => ends ?? []);
}

const signatures = KNOWN_ISSUES.map(({ signature }) => signature);
const framesOf = (sides: readonly ThreadPattern[]): readonly RegExp[][] => sides.map(({ frames }) => frames);

/** What the rules look for on stacks, by the name under which they ask for it. */
const LOOKS = {
  issueSides: anchorsOfAll(framesOf(signatures.flatMap((one) => (one.shape === 'stacks' ? one.sides : [])))),
  issueRecursions: anchorsOfAll(signatures.flatMap((one) => (one.shape === 'recursion' ? [one.frames] : []))),
  issueHolders: anchorsOfAll(framesOf(signatures.flatMap((one) => (one.shape === 'lock' ? [one.holder] : [])))),
  issueWaiters: anchorsOfAll(framesOf(signatures.flatMap((one) => (one.shape === 'lock' ? [one.waiter] : [])))),
  outputBuffers: ['requestMemorySegmentBlocking', 'requestMemorySegment', 'requestBufferBlocking', 'requestBufferBuilderBlocking'],
  networkBuffers: ['requestPooledMemorySegmentsBlocking', 'requestUnpooledMemorySegments', 'internalRequestMemorySegments', 'requestMemorySegments'],
  futures: ['FutureTask', 'CompletableFuture', 'ForkJoinTask', 'CountDownLatch'].flatMap((of) =>
    ['get', 'join', 'await'].map((does) => `${of}.${does}`),
  ),
  poolWorkers: ['runWorker', 'topLevelExec'],
  callbacks: ['CompletableFuture.postComplete', 'AbstractFuture.complete', 'DefaultPromise.notifyListener0'],
} as const satisfies Record<string, readonly string[] | null>;

/** One filter for all rules, so that the stacks of a large dump are looked through once. */
export const STACKS = new StackFilter(Object.values(LOOKS));

const NAMES = Object.keys(LOOKS) as (keyof typeof LOOKS)[];

/** The group of {@link STACKS} for what a rule looks for. */
export function look(name: keyof typeof LOOKS): number {
  return NAMES.indexOf(name);
}
