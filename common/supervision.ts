/**
 * What the thread with the analysis and the one that watches over it say to each other, beside the messages of LSP. A sign
 * has no `jsonrpc`: that tells the two apart.
 */
export type Sign =
  /** To the thread: answered as soon as its code gives way. */
  | { sign: 'ping' }
  /** The thread hears. */
  | { sign: 'ready' }
  | { sign: 'pong' }
  /**
   * What runs from now on is for this document, file or set, and may take so many seconds; null: nothing runs.
   * `version`: of the open document that is read. `heard`: so many messages of LSP have come to the thread until then.
   */
  | { sign: 'at'; uri: string | null; limit: number; version?: number; heard?: number }
  /** What was to open this document is no such message. */
  | { sign: 'unread'; uri: string }
  /** The analysis has given way all along, but has passed its limit (in seconds). */
  | { sign: 'stopped'; uri: string; limit: number };

export function isSign(message: unknown): message is Sign {
  return message !== null && typeof message === 'object' && 'sign' in message && !('jsonrpc' in message);
}

/** Name of a worker of a browser that is the thread with the analysis: the same script serves both. */
export const ANALYSIS_THREAD = 'logjam-analysis';
