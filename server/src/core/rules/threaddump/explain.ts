import type { Deadlock } from '../../analysis/threaddump/deadlockModel.ts';
import { frameName, frameOf, isJdk, nameOf } from '../../analysis/threaddump/names.ts';
import type { Wait, WaitGraph } from '../../analysis/threaddump/waits/model.ts';
import type { Thread } from '../../threaddump/model.ts';
import { plural, say } from '../../wording.ts';
import { DOUBTS, EVIDENCE, heldBy, shortLock, TITLE } from './words.ts';

const MAX_FRAMES = 6;
const MAX_MEMBERS = 12;

/** A deadlock as plain text, to paste into a ticket or a mail. */
export function explainDeadlock(graph: WaitGraph, deadlock: Deadlock): string {
  const lines = [`${TITLE[deadlock.kind]} of ${plural(deadlock.threads.length, 'thread')} (${deadlock.certainty}).`];
  const { jvm, time } = graph.dump;
  if (jvm !== null || time !== null) lines.push(['Dump:', time, jvm].filter((part) => part !== null).join(' '));
  lines.push('');
  for (const wait of deadlock.waits.slice(0, MAX_MEMBERS)) lines.push(...member(graph, wait), '');
  if (deadlock.waits.length > MAX_MEMBERS) lines.push(`… and ${plural(deadlock.waits.length - MAX_MEMBERS, 'thread')} more in the cycle.`, '');
  if (deadlock.victims.length > 0) {
    const names = deadlock.victims.slice(0, 20).map((threadIndex) => nameOf(graph, threadIndex));
    const more = deadlock.victims.length > 20 ? ` and ${deadlock.victims.length - 20} more` : '';
    lines.push(`Held up by it without being part of it: ${names.join(', ')}${more}.`, '');
  }
  if (deadlock.kind === 'read-lock') lines.push('What speaks for it:', ...deadlock.evidence.map((one) => `- ${say(EVIDENCE, one)}`), '');
  if (deadlock.doubts.length > 0) lines.push('To confirm it, look at:', ...deadlock.doubts.map((one) => `- ${say(DOUBTS, one)}`), '');
  return lines.join('\n').trimEnd();
}

function member(graph: WaitGraph, wait: Wait): string[] {
  const owner = wait.owner === null ? 'a thread that is not visible' : nameOf(graph, wait.owner);
  const lines = [nameOf(graph, wait.threadIndex), `  waits for ${shortLock(wait.lock)}, ${heldBy(wait.lock)} ${owner}`];
  const { thread } = graph.threads[wait.threadIndex] ?? { thread: null };
  if (thread === null) return lines;
  const held = graph.dump.threads[wait.threadIndex] === undefined ? undefined : heldIn(graph, thread, wait.threadIndex);
  if (held !== undefined) lines.push(`  holds ${held}`);
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
  if (telling > 0) lines.unshift(`    … ${plural(telling, 'frame')} of the JDK`);
  const rest = frames.length - telling - shown.length;
  if (rest > 0) lines.push(`    … ${plural(rest, 'more frame')}`);
  return lines;
}

/** The locks of the cycle that a member holds, with the frames that took them. */
function heldIn(graph: WaitGraph, thread: Thread, threadIndex: number): string | undefined {
  const held: string[] = [];
  for (const action of thread.locks) {
    if (action.kind !== 'locked' || action.lock === null) continue;
    const lock = graph.split.get(action) ?? graph.locks.get(action.lock.key);
    if (lock === undefined || lock.waiters.length === 0 || !lock.holds.some((hold) => hold.threadIndex === threadIndex)) continue;
    const frame = frameOf(thread, action);
    held.push(`${shortLock(lock)}${frame === undefined ? '' : `, taken in ${frameName(frame)}`}`);
  }
  return held.length === 0 ? undefined : [...new Set(held)].slice(0, 5).join('; ');
}
