import { type Deadlock, type LockFacts, lockFacts } from '../../analysis/threaddump/deadlockModel.ts';
import { displayNameOf, frameName, frameOf, isJdk, nameOf } from '../../analysis/threaddump/names.ts';
import type { Lock, Wait, WaitGraph } from '../../analysis/threaddump/waits/model.ts';
import type { Thread } from '../../threaddump/model.ts';
import { say } from '../../wording.ts';
import { DOUBTS, EVIDENCE, EXPLAIN } from './words.ts';

const MAX_VICTIMS = 20;
const MAX_HELD = 5;
const MAX_FRAMES = 6;
const MAX_MEMBERS = 12;

/** A deadlock as plain text, to paste into a ticket or a mail. */
export function explainDeadlock(graph: WaitGraph, deadlock: Deadlock): string {
  const lines = [EXPLAIN.title(deadlock.kind, deadlock.threads.length, deadlock.certainty)];
  const { jvm, time } = graph.dump;
  if (jvm !== null || time !== null) lines.push(EXPLAIN.dump([time, jvm].filter((part) => part !== null).join(' ')));
  lines.push('');
  for (const wait of deadlock.waits.slice(0, MAX_MEMBERS)) lines.push(...member(graph, wait), '');
  if (deadlock.waits.length > MAX_MEMBERS) lines.push(EXPLAIN.moreMembers(deadlock.waits.length - MAX_MEMBERS), '');
  if (deadlock.victims.length > 0) {
    const names = deadlock.victims.slice(0, MAX_VICTIMS).map((threadIndex) => displayNameOf(graph, threadIndex));
    lines.push(EXPLAIN.victims(names, deadlock.victims.length - names.length), '');
  }
  if (deadlock.kind === 'read-lock') lines.push(EXPLAIN.evidence, ...deadlock.evidence.map((one) => `- ${say(EVIDENCE, one)}`), '');
  if (deadlock.doubts.length > 0) lines.push(EXPLAIN.missing, ...deadlock.doubts.map((one) => `- ${say(DOUBTS, one)}`), '');
  return lines.join('\n').trimEnd();
}

function member(graph: WaitGraph, wait: Wait): string[] {
  const lines = [
    nameOf(graph, wait.threadIndex),
    `  ${EXPLAIN.waits(lockFacts(wait.lock), wait.owner === null ? null : displayNameOf(graph, wait.owner))}`,
  ];
  const { thread } = graph.threads[wait.threadIndex] ?? { thread: null };
  if (thread === null) return lines;
  const held = graph.dump.threads[wait.threadIndex] === undefined ? [] : heldIn(graph, thread, wait.threadIndex);
  if (held.length > 0) lines.push(`  ${EXPLAIN.holds(held)}`);
  lines.push(...frameLines(thread));
  return lines;
}

/** The stack from the first frame outside the JDK: what lies inside of it is the machinery of waiting. */
function frameLines({ frames }: Thread): string[] {
  const telling = Math.max(
    0,
    frames.findIndex((frame) => !isJdk(frame)),
  );
  const shown = frames.slice(telling, telling + MAX_FRAMES);
  const lines = shown.map(
    (frame) =>
      `    at ${frame.className}.${frame.method}(${frame.native ? 'Native Method' : (frame.file ?? 'Unknown Source')}${frame.line === null ? '' : `:${frame.line}`})`,
  );
  if (telling > 0) lines.unshift(`    ${EXPLAIN.jdkFrames(telling)}`);
  const rest = frames.length - telling - shown.length;
  if (rest > 0) lines.push(`    ${EXPLAIN.moreFrames(rest)}`);
  return lines;
}

/** The locks of the cycle that a member holds, with the frames that took them. */
function heldIn(graph: WaitGraph, thread: Thread, threadIndex: number): { lock: LockFacts; taken: string }[] {
  const held = new Map<Lock, { lock: LockFacts; taken: string }>();
  for (const action of thread.locks) {
    if (action.kind !== 'locked' || action.lock === null) continue;
    const lock = graph.split.get(action) ?? graph.locks.get(action.lock.key);
    if (lock === undefined || lock.waiters.length === 0 || !lock.holds.some((hold) => hold.threadIndex === threadIndex)) continue;
    const frame = frameOf(thread, action);
    held.set(lock, { lock: lockFacts(lock), taken: frame === undefined ? '' : frameName(frame) });
  }
  return [...held.values()].slice(0, MAX_HELD);
}
