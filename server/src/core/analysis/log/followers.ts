import { FOLLOWERS, type FollowerReason } from '../../knowledge/followers.ts';
import type { LogException } from '../../log/model.ts';
import { rootOf } from '../../log/traces/throwables.ts';

/** Why an exception is the consequence of another failure; null when it is not. */
export function followerReason(exception: LogException): FollowerReason | null {
  if (exception.chain.some((one) => one.className?.endsWith('OutOfMemoryError'))) return null;
  const root = rootOf(exception);
  for (const entry of FOLLOWERS) {
    // Classes that anything may be wrapped in count at the root only.
    const candidates = entry.message === undefined && !entry.className.test('java.lang.InterruptedException') ? exception.chain : [root];
    for (const one of candidates) {
      if (one.className === null || !entry.className.test(one.className)) continue;
      if (entry.message === undefined || entry.message.test(one.message ?? '')) return entry.reason;
    }
  }
  return null;
}
