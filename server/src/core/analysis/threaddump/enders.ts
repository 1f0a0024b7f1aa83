import type { Frame, Thread } from '../../threaddump/model.ts';
import { activitiesOf } from './activity.ts';
import { connectionWork } from './connectionWork.ts';
import { isFlinkCore } from './hiddenWaits.ts';
import type { AnalysedDump } from './model.ts';
import { frameName, isJdk } from './names.ts';
import { isIdlePoolThread } from './stackGroups.ts';
import { waitPoint } from './waitPoint.ts';

/** A thread that may be the one to end a wait, with what keeps it from doing so. */
export interface Ender {
  thread: Thread;
  does: 'wants-lock' | 'reads-socket' | 'waits-for-network' | 'waits' | 'runs';
  /** Where it stands. */
  at: string;
}

const MAX = 3;
/** Groups of roles whose threads run code of the user's or of a connector's. */
const HELPERS: ReadonlySet<string> = new Set(['other', 'connector']);
/** In larger dumps each look at all threads is too dear for what it tells. */
const MAX_THREADS = 20_000;

/** Threads that are inside the class from which others wait; a dump does not say who completes a future or opens a latch. */
export function endersOf(analysed: AnalysedDump, caller: Frame, waiting: ReadonlySet<Thread>): Ender[] {
  const { dump, waits } = analysed;
  if (dump.threads.length > MAX_THREADS || isJdk(caller) || isFlinkCore(caller)) return [];
  const outer = outermost(caller.className);
  const found: Ender[] = [];
  for (const activity of activitiesOf(analysed)) {
    const { thread } = activity;
    if (found.length === MAX) break;
    if (
      waiting.has(thread) ||
      thread.stackText?.includes(outer) === false ||
      isIdlePoolThread(activity) ||
      !HELPERS.has(activity.role?.role.group ?? 'other')
    )
      continue;
    const frame = thread.frames.find(({ className }) => outermost(className) === outer);
    if (frame === undefined) continue;
    const point = waitPoint(thread);
    const does = waits.waits.has(thread.index) ? 'wants-lock' : point === null ? 'runs' : point.for === 'socket' ? atSocket(thread) : 'waits';
    found.push({ thread, does, at: frameName(frame) });
  }
  return found;
}

const atSocket = ({ frames }: Thread): Ender['does'] => (connectionWork(frames) === 'read' ? 'reads-socket' : 'waits-for-network');

/** "com.acme.Client" of "com.acme.Client$Reader$1". */
function outermost(className: string): string {
  const nested = className.indexOf('$', 1);
  return nested === -1 ? className : className.slice(0, nested);
}
