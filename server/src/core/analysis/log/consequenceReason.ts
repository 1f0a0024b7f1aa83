import { CONSEQUENCES, type ConsequenceReason } from '../../knowledge/consequences.ts';
import type { LogException } from '../../log/model.ts';
import { rootOf } from '../../log/traces/throwables.ts';

/** A fault of the network itself below an exception that else says that the peer was gone. */
const NETWORK_FAULT = /(?:NoRouteToHost|UnknownHost|ConnectTimeout|UnresolvedAddress|SSL\w{0,40}|NotSslRecord)Exception$/;

/** Why an exception is the consequence of another failure; null when it is not. */
export function consequenceReason(exception: LogException): ConsequenceReason | null {
  if (exception.chain.some((one) => one.className?.endsWith('OutOfMemoryError'))) return null;
  const root = rootOf(exception);
  if (root.className !== null && NETWORK_FAULT.test(root.className)) return null;
  for (const { className, message, reason } of CONSEQUENCES) {
    // Classes that anything may be wrapped in count at the root only, and so do interruptions, which own failures wrap. What Flink's
    // own exceptions say of the other end holds whatever the channel below them was closed with.
    const whole = message === undefined ? reason !== 'interrupted' : reason === 'peer-closed';
    const candidates = whole ? exception.chain : [root];
    for (const one of candidates) {
      if (one.className === null || !className.test(one.className)) continue;
      if (message === undefined || message.test(one.message ?? '')) return reason;
    }
  }
  return null;
}
