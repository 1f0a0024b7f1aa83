import type { Message } from './message.ts';

/** Before its text a message that opens a document has no more than this. In bytes. */
const HEAD = 8192;
const TEXT = '"text":"';
const END = '"}}}';

/**
 * A message that opens a large document, without its text: that is read once, by the thread that needs it. Null for all others,
 * and where the text does not come last: they are read whole. The thread tells where the rest is not what the head says.
 */
export function openingIn(bytes: Buffer): Message | null {
  if (bytes.toString('latin1', bytes.length - END.length) !== END) return null;
  const head = bytes.toString('utf8', 0, HEAD);
  const at = head.indexOf(TEXT);
  if (at === -1) return null;
  let message: unknown;
  try {
    message = JSON.parse(`${head.slice(0, at + TEXT.length)}${END}`);
  } catch {
    return null;
  }
  const { jsonrpc, id, method, params } = message as Message;
  if (jsonrpc !== '2.0' || id !== undefined || method !== 'textDocument/didOpen') return null;
  const { uri, languageId, version } = ((params as { textDocument?: unknown }).textDocument ?? {}) as Record<string, unknown>;
  if (typeof uri !== 'string' || typeof languageId !== 'string' || typeof version !== 'number') return null;
  return { jsonrpc, method, params: { textDocument: { uri, languageId, version } }, json: bytes };
}

/** The whole of a message that {@link openingIn} has found; null where it is no JSON, or says something else than its head. */
export function wholeOf({ json, ...head }: Message): Message | null {
  if (!(json instanceof Uint8Array)) return null;
  try {
    const found: Message = JSON.parse(Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString());
    const { text, ...rest } = (found.params as { textDocument: Record<string, unknown> }).textDocument;
    if (typeof text !== 'string' || JSON.stringify({ textDocument: rest }) !== JSON.stringify(head.params)) return null;
    return { ...head, params: { textDocument: { ...rest, text } } };
  } catch {
    return null;
  }
}
