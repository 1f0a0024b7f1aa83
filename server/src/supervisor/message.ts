import { sourceOf } from '../../../common/virtual.ts';

/** A message of JSON-RPC, as far as it must be understood to pass it on. */
export interface Message {
  jsonrpc: '2.0';
  /** Null in the answer to what could not be read. */
  id?: Id | null;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { code: number; message: string };
  /**
   * All of the message as JSON, where it is passed on as it is: what is needed on the way stands beside it, and nothing else.
   * To a thread as bytes that it shares (see opening.ts), to the client as a text.
   */
  json?: string | Uint8Array;
}

export type Id = number | string;

/** Codes of JSON-RPC and LSP. */
export const ERRORS = { parse: -32700, invalidRequest: -32600, invalidParams: -32602, internal: -32603, cancelled: -32800 } as const;

/** Null for what is no message at all. */
export function messageOf(value: unknown): Message | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  const { id, method } = value as Record<string, unknown>;
  if (id !== undefined && id !== null && typeof id !== 'number' && typeof id !== 'string') return null;
  if (method === undefined ? id === undefined : typeof method !== 'string') return null;
  return value as Message;
}

/** A field of a message's parameters, if it is a text. */
export function textIn(params: unknown, key: string): string | null {
  const value = params !== null && typeof params === 'object' ? (params as Record<string, unknown>)[key] : undefined;
  return typeof value === 'string' ? value : null;
}

/** The uri that a message names: of LSP, of our own requests, or the first argument of a command. */
export function uriIn({ method, params }: Message): string | null {
  if (params === null || typeof params !== 'object') return null;
  if (method === 'workspace/executeCommand') {
    const [first] = (params as { arguments?: unknown[] }).arguments ?? [];
    return typeof first === 'string' ? first : null;
  }
  return textIn((params as { textDocument?: unknown }).textDocument, 'uri') ?? textIn(params, 'uri');
}

/** The second file of a comparison. */
export const otherIn = ({ params }: Message): string | null => textIn(params, 'other');

/** The document, file or set that a uri stands for: a text made from one is computed from that. */
export const subjectOf = (uri: string): string => sourceOf(uri);

/** A thread's message as it is passed on: answers and findings, which may be large, as the JSON that the client gets. */
export function packed(message: Message): Message {
  const { jsonrpc, id, method, params } = message;
  if (method !== undefined && method !== 'textDocument/publishDiagnostics') return message;
  const json = JSON.stringify(message);
  if (method === undefined) return { jsonrpc, ...(id === undefined ? {} : { id }), json };
  const { uri, version } = params as { uri: unknown; version?: unknown };
  return { jsonrpc, method, params: { uri, version }, json };
}
