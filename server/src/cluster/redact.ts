/**
 * Takes secrets out of what a cluster says, before it is written or shown. Three kinds: the values of settings, options and
 * parameters whose names say that they are secret; texts that are secret by their form (keys in PEM, tokens, passwords in
 * addresses); and texts that are named: the credentials of the cluster and what a person has listed.
 */

import { joined } from '../../../common/joined.ts';

export const REDACTED = '[redacted]';

/** As `GlobalConfiguration.SENSITIVE_KEYS` of Flink has them, and names that connectors give to the same. */
const KEY_WORDS = [
  'password', 'passwd', 'passphrase', 'pwd', 'secret', 'token', 'api-key', 'api_key', 'apikey', 'access-key', 'access_key', 'accesskey', 'account.key',
  'private-key', 'private_key', 'privatekey', 'auth-params', 'service-key', 'basic-auth', 'jaas.config', 'http-headers', 'credential', 'authorization',
  'sas.fixed', 'shared-key', 'sharedaccesskey', 'connection-string', 'set-cookie', 'cookie',
] as const; // biome-ignore format: a list

/** Names that hold such a word and are none: how long a token lives, which class gives credentials. */
const HARMLESS =
  /(?:interval|enabled|lifetime|expiration|expiry|expires|timeout|period|backoff|ratio|providers?|type|algorithm|length|cache|size|count)$/i;

/** "Password.java:12" of a frame. */
const SOURCE_FILE = /\.(?:java|scala|kt)$/;

/** Whether the value of a setting is secret, by its key. */
export function isSecretKey(key: string): boolean {
  const lower = key.toLowerCase();
  return KEY_WORDS.some((word) => lower.includes(word)) && !HARMLESS.test(key);
}

const KEYS = new RegExp(KEY_WORDS.map((word) => word.replace(/[.]/g, '\\$&')).join('|'), 'gi');
/** Texts that are secret by their form. Each takes linear time: it begins with fixed letters and has one run. */
const FORMS = /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\beyJ[\w-]{10,2000}\.[\w-]{10,4000}\.[\w-]{0,2000}|\bgh[pousr]_\w{30,80}|\bxox[abprs]-[\w-]{10,200}/g;
const SCHEME_END = '://';
const PEM_BEGIN = '-----BEGIN ';
const PEM_END = '-----END ';
const PEM_KEY = 'PRIVATE KEY-----';

/** So many characters are a value at most: nobody has a longer password, and what follows is other text. */
const MAX_VALUE = 4000;

const isNamePart = (letter: string | undefined): boolean => letter !== undefined && /[\w.$-]/.test(letter);

export class Redactor {
  readonly #named: () => readonly string[];
  /** How many texts were taken out. */
  count = 0;
  /** A key in PEM has begun and not ended: its lines are left out. */
  #inKey = false;

  /** @param named asked for each text: credentials may become known later */
  constructor(named: () => readonly string[]) {
    this.#named = named;
  }

  /** The same rules for another text, with the place in it of its own; what both take out is counted by `into`. */
  fresh(): Redactor {
    return new Redactor(this.#named);
  }

  text(text: string): string {
    let result = this.#withoutKeys(text);
    for (const secret of this.#named()) if (secret !== '' && result.includes(secret)) result = this.#replace(result, secret);
    result = result.replace(FORMS, () => this.#hit());
    return this.#withoutLogins(this.#withoutValues(result));
  }

  /** A list of settings `[{key, value}]`, as Flink has them; any other JSON is redacted as a text. */
  settings(json: string): string {
    const parsed: unknown = JSON.parse(json);
    if (!Array.isArray(parsed)) return this.text(json);
    let changed = false;
    const rows = parsed.map((row: unknown) => {
      const { key, value } = (row ?? {}) as { key?: unknown; value?: unknown };
      if (typeof key !== 'string' || typeof value !== 'string' || value === '' || !isSecretKey(key)) return row;
      changed = true;
      return { ...(row as object), value: this.#hit() };
    });
    return this.text(changed ? JSON.stringify(rows) : json);
  }

  #hit(): string {
    this.count++;
    return REDACTED;
  }

  #replace(text: string, secret: string): string {
    const parts = text.split(secret);
    this.count += parts.length - 1;
    return parts.join(REDACTED);
  }

  /** Private keys in PEM, over as many texts as they take. */
  #withoutKeys(text: string): string {
    if (!this.#inKey && !text.includes(PEM_BEGIN)) return text;
    let result = '';
    let at = 0;
    while (at < text.length) {
      if (this.#inKey) {
        const end = text.indexOf(PEM_END, at);
        if (end === -1) return result;
        const close = text.indexOf('-----', end + PEM_END.length);
        at = close === -1 ? text.length : close + 5;
        this.#inKey = false;
      } else {
        const begin = text.indexOf(PEM_BEGIN, at);
        if (begin === -1) return result + text.slice(at);
        const head = text.slice(begin, begin + 60);
        const isKey = head.includes(PEM_KEY);
        result += text.slice(at, isKey ? begin : begin + PEM_BEGIN.length);
        at = isKey ? begin + head.indexOf(PEM_KEY) + PEM_KEY.length : begin + PEM_BEGIN.length;
        if (isKey) result += this.#hit();
        this.#inKey = isKey;
      }
    }
    return result;
  }

  /** `s3.secret-key: x`, `--password x`, `"password" : "x"`, `'password' = 'x'`, `Authorization: Bearer x`, in JSON as well. */
  #withoutValues(text: string): string {
    KEYS.lastIndex = 0;
    let result = '';
    let from = 0;
    for (let found = KEYS.exec(text); found !== null; found = KEYS.exec(text)) {
      if (found.index < from) continue;
      const value = valueBehind(text, found.index, found.index + found[0].length);
      if (value === null) continue;
      result += text.slice(from, value.start) + this.#hit();
      from = value.end;
      KEYS.lastIndex = value.end;
    }
    return from === 0 ? text : result + text.slice(from);
  }

  /** "jdbc:postgresql://user:password@host". */
  #withoutLogins(text: string): string {
    let result = '';
    let from = 0;
    for (let at = text.indexOf(SCHEME_END); at !== -1; at = text.indexOf(SCHEME_END, at + 1)) {
      const start = at + SCHEME_END.length;
      let colon = -1;
      for (let i = start; i < text.length && i - start < 300; i++) {
        const letter = text[i] as string;
        if (letter === ':' && colon === -1) colon = i;
        if (letter === '@') {
          if (colon !== -1 && i > colon + 1 && colon >= from && text.slice(colon + 1, i) !== REDACTED) {
            result += text.slice(from, colon + 1) + this.#hit();
            from = i;
          }
          break;
        }
        if (/[\s"'/<>\\]/.test(letter)) break;
      }
    }
    return from === 0 ? text : result + text.slice(from);
  }
}

/**
 * The value of a setting, option or parameter in whose name a word stands; null where there is none, or the name is harmless.
 * What may stand between name and value: the end of the name, quotes (also escaped ones), blanks, and one of `=` and `:`.
 */
function valueBehind(text: string, wordStart: number, wordEnd: number): { start: number; end: number } | null {
  let nameEnd = wordEnd;
  while (nameEnd < text.length && nameEnd - wordEnd < 80 && isNamePart(text[nameEnd])) nameEnd++;
  let nameStart = wordStart;
  while (nameStart > 0 && wordStart - nameStart < 80 && isNamePart(text[nameStart - 1])) nameStart--;
  const name = text.slice(nameStart, nameEnd);
  if (HARMLESS.test(name) || SOURCE_FILE.test(name)) return null;
  let at = nameEnd;
  const skip = (letters: string): void => {
    while (at < text.length && letters.includes(text[at] as string)) at++;
  };
  skip('\\"\'`');
  const quotedName = at > nameEnd;
  skip(' \t');
  const sign = text[at];
  const option = text.startsWith('--', nameStart) && at > nameEnd && !quotedName;
  // `{"key":"s3.secret-key","value":"…"}`, wherever such a list stands.
  const listed = /^,\s?(?:\\?")value(?:\\?")\s?:/.exec(text.slice(at, at + 20));
  if (listed !== null) at += listed[0].length;
  else if (sign === '=' || sign === ':') at++;
  else if (!option) return null;
  skip(' \t');
  const quote = /^(?:\\{0,3}["'`])/.exec(text.slice(at, at + 4))?.[0] ?? '';
  // In JSON only a text is a value that can be left out.
  if (quotedName && quote === '') return null;
  at += quote.length;
  const start = at;
  if (quote !== '') {
    const end = text.indexOf(quote, start);
    at = end === -1 || end - start > MAX_VALUE ? endOfBare(text, start) : end;
  } else {
    const scheme = /^(?:Bearer|Basic|Negotiate|Digest)\s+/i.exec(text.slice(start, start + 20));
    at = endOfBare(text, start + (scheme?.[0].length ?? 0));
  }
  const value = text.slice(start, at);
  // Flink hides some itself; a class or a variable is no secret; nothing is hidden of what is not there.
  if (value === '' || text.startsWith(REDACTED, start) || /^\*+$/.test(value) || /^(?:null|none|true|false|\$\{.*)$/i.test(value)) return null;
  return { start, end: at };
}

function endOfBare(text: string, start: number): number {
  let at = start;
  while (at < text.length && at - start < MAX_VALUE && !/[\s"'`,;&\\<>)\]}]/.test(text[at] as string)) at++;
  return at;
}

/** A log as it comes, piece by piece: whole lines go through the redactor, and bytes in which nothing is secret stay as they are. */
export class RedactedBytes {
  readonly #redactor: Redactor;
  #held: Uint8Array[] = [];
  #length = 0;

  constructor(redactor: Redactor) {
    this.#redactor = redactor;
  }

  /** What is finished of it by now. */
  push(piece: Uint8Array): Uint8Array {
    const end = piece.lastIndexOf(LF);
    if (end === -1 && this.#length + piece.length < LONGEST_LINE) {
      this.#held.push(piece);
      this.#length += piece.length;
      return NOTHING;
    }
    const cut = end === -1 ? piece.length : end + 1;
    const whole = joined([...this.#held, piece.subarray(0, cut)]);
    const rest = piece.slice(cut);
    this.#held = rest.length === 0 ? [] : [rest];
    this.#length = rest.length;
    return this.#redacted(whole);
  }

  end(): Uint8Array {
    const whole = joined(this.#held);
    this.#held = [];
    this.#length = 0;
    return this.#redacted(whole);
  }

  #redacted(bytes: Uint8Array): Uint8Array {
    const text = new TextDecoder().decode(bytes);
    const result = this.#redactor.text(text);
    return result === text ? bytes : new TextEncoder().encode(result);
  }
}

const LF = 0x0a;
const NOTHING = new Uint8Array(0);
/** A line that is longer is cut for this; in bytes. */
const LONGEST_LINE = 1 << 20;
