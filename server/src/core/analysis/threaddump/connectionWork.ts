import type { Frame } from '../../threaddump/model.ts';
import { isJdk } from './names.ts';

/** What a thread does with a network connection; `network`: one of them. */
export type ConnectionWork = 'accept' | 'connect' | 'read' | 'write' | 'network';

const WORK: readonly (readonly [ConnectionWork, RegExp])[] = [
  ['accept', /[aA]ccept/],
  ['connect', /[cC]onnect/],
  ['read', /(?<!Th)[rR]ead|[rR]eceive/],
  ['write', /[wW]rite|[sS]end/],
];

/**
 * Of a thread inside a native call of the JDK's network code (sun.nio.ch.Net.poll, java.net.SocketInputStream.socketRead0), by
 * the JDK's frames above its caller: a poll waits until a connection opens, or until bytes come or can be sent. The innermost
 * frame that tells decides; a poll without such a frame may be each of them.
 */
export function connectionWork(frames: readonly Frame[]): ConnectionWork {
  for (const frame of frames) {
    if (!isJdk(frame)) break;
    const does = WORK.find(([, pattern]) => pattern.test(frame.method));
    if (does !== undefined) return does[0];
  }
  return 'network';
}
