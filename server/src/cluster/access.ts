import type { Address } from './address.ts';

/** How a cluster is reached, and what is shown to it. */
export interface Access {
  address: Address;
  /** Of every request. `anew`: what was given before was refused. Rejects where they cannot be had. */
  headers(anew: boolean): Promise<Readonly<Record<string, string>>>;
  /** What must never be shown or written, as far as it is known by now. */
  secrets(): readonly string[];
}

/** What a person gives for a cluster. All of it is secret but the user. */
export interface Credentials {
  token?: string | undefined;
  user?: string | undefined;
  password?: string | undefined;
  /** By name: cookies, keys of a gateway. */
  headers?: Readonly<Record<string, string>> | undefined;
}

/** Prints headers as HTTP has them, a line each; run again when they are refused. */
export type HeaderCommand = () => Promise<string>;

/** Shorter values stand in every text by chance. */
const SHORTEST_SECRET = 4;

export function accessTo(address: Address, credentials: Credentials, command?: HeaderCommand): Access {
  const { token, user, password, headers = {} } = credentials;
  const fixed: Record<string, string> = { ...headers };
  if (token !== undefined) fixed['Authorization'] = `Bearer ${token}`;
  else if (user !== undefined || password !== undefined) fixed['Authorization'] = `Basic ${base64(`${user ?? ''}:${password ?? ''}`)}`;
  const known = new Set<string>();
  const remember = (given: Readonly<Record<string, string>>): void => {
    for (const value of Object.values(given)) for (const part of [value, ...value.split(/[\s;,=]+/)]) if (part.length >= SECRET_PART) known.add(part);
  };
  remember(fixed);
  for (const value of [token, password, ...Object.values(headers)]) if (value !== undefined && value.length >= SHORTEST_SECRET) known.add(value);
  let printed: Promise<Record<string, string>> | null = null;
  return {
    address,
    headers: async (anew) => {
      if (command === undefined) return fixed;
      if (printed === null || anew) printed = command().then(headersIn);
      const current = printed;
      try {
        const more = await current;
        remember(more);
        return { ...fixed, ...more };
      } catch (error) {
        printed = null;
        throw error;
      }
    },
    secrets: () => [...known],
  };
}

/** A part of a header that is as long is no word. */
const SECRET_PART = 12;

const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** "Cookie: session=…"; null for what is no header. */
export function headerIn(line: string): { name: string; value: string } | null {
  const [, name, value] = /^([\w-]+):\s*(\S.*)$/.exec(line) ?? [];
  return name === undefined || value === undefined ? null : { name, value: value.trimEnd() };
}

/** "Authorization: Bearer …", a line each; a single line without a name is a token. Other lines are none. */
export function headersIn(text: string): Record<string, string> {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const found: Record<string, string> = {};
  for (const line of lines) {
    const header = headerIn(line);
    if (header !== null) found[header.name] = header.value;
  }
  const [only] = lines;
  if (lines.length === 1 && only !== undefined && /^[\w.~+/=-]+$/.test(only.trim())) return { Authorization: `Bearer ${only.trim()}` };
  return found;
}
