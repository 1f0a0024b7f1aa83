/**
 * Uris of one file come in several spellings: `file:///C:/a b` and `file:///c%3A/a%20b`, and on macOS names whose accents
 * are signs of their own. Whatever is found by a uri is found by its canonical form; what is shown or answered is the
 * spelling that the client has used.
 */

/** Whether two Unicode forms of a name are one file, as on macOS, or two, as elsewhere. */
export type Names = 'exact' | 'unicode';

/** The one spelling by which uris of the same file are equal. What is no uri, or has no path, stands for itself. */
export function canonical(uri: string, names: Names = 'exact'): string {
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(\/[^?#]*)?(.*)$/is.exec(uri);
  if (parts === null) return uri;
  const [, scheme = '', authority = '', path = '', rest = ''] = parts;
  const form = (text: string): string => (names === 'unicode' ? text.normalize('NFC') : text);
  const isFile = scheme.toLowerCase() === 'file';
  const host = respelled(authority, form).toLowerCase();
  const segments = path.split('/').map((segment) => respelled(segment, form));
  // A drive of Windows; its letter has no case.
  if (isFile && /^[a-z]%3a$/i.test(segments[1] ?? '')) segments[1] = (segments[1] ?? '').toLowerCase();
  return `${scheme.toLowerCase()}://${isFile && host === 'localhost' ? '' : host}${segments.join('/')}${rest}`;
}

/** With the escapes that `encodeURIComponent` makes, and no others; as it is where its escapes are no UTF-8. */
function respelled(text: string, form: (text: string) => string): string {
  try {
    return encodeURIComponent(form(decodeURIComponent(text)));
  } catch {
    return text;
  }
}

/** The path of a uri as a person reads it, with `/`; as it is written where its escapes are no UTF-8. */
export function decodedPath(uri: string): string {
  const path = uri.replace(/^[a-z][a-z0-9+.-]*:(?:\/\/[^/?#]*)?/i, '').replace(/[?#].*$/s, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * Whether the path of a uri has one of these parts, in which `\\` and `/` are the same. On a drive of Windows case does not
 * count; `foldsCase`: nor does it anywhere else.
 */
export function hasPathPart(uri: string, parts: readonly string[], foldsCase: boolean): boolean {
  const path = decodedPath(uri);
  const form = foldsCase || /^\/[a-z]:/i.test(path) ? (text: string) => text.toLowerCase() : (text: string) => text;
  const whole = form(path);
  return parts.some((part) => part !== '' && whole.includes(form(part.replaceAll('\\', '/'))));
}

/** Values by uris, in whichever spelling they are asked for. */
export class UriMap<T> {
  readonly #values = new Map<string, { uri: string; value: T }>();
  readonly #names: Names;

  constructor(names: Names, entries: Iterable<readonly [uri: string, value: T]> = []) {
    this.#names = names;
    for (const [uri, value] of entries) this.set(uri, value);
  }

  get(uri: string): T | undefined {
    return this.#values.get(canonical(uri, this.#names))?.value;
  }

  /** The spelling in which a uri was set; the one at hand where it was not. */
  spelled(uri: string): string {
    return this.#values.get(canonical(uri, this.#names))?.uri ?? uri;
  }

  set(uri: string, value: T): void {
    this.#values.set(canonical(uri, this.#names), { uri, value });
  }

  delete(uri: string): boolean {
    return this.#values.delete(canonical(uri, this.#names));
  }

  /** As they were spelled. */
  uris(): string[] {
    return [...this.#values.values()].map(({ uri }) => uri);
  }
}
