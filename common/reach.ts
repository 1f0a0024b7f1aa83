import { contentOf, ruleOf, setOf } from './virtual.ts';

/** A text made from a text of a text: nobody makes more. */
const MAX_DEPTH = 5;

/** The files and folders that are read for a uri: itself, what a virtual document is made from, the members of a set. */
function filesOf(uri: string, depth = 0): string[] {
  if (depth === MAX_DEPTH) return [uri];
  // Nothing is read for the page of a rule.
  if (ruleOf(uri) !== null) return [];
  const content = contentOf(uri);
  const made = content === null ? setOf(uri) : [content.uri, ...(typeof content.other === 'string' ? [content.other] : [])];
  return made === null ? [uri] : made.flatMap((one) => filesOf(one, depth + 1));
}

/**
 * One spelling for all uris of a file: how the path is escaped, and the case of a drive, differ between editors. Null for
 * a path that climbs: who has been given a folder has not been given what is beside it.
 */
function spelled(uri: string): { root: string; path: string } | null {
  const [, scheme = '', authority = '', rest = ''] = /^([a-z][a-z0-9+.-]*):(?:\/\/([^/?#]*))?(.*)$/is.exec(uri) ?? [];
  const end = rest.search(/[?#]/);
  let path: string;
  try {
    path = decodeURIComponent(end === -1 ? rest : rest.slice(0, end));
  } catch {
    return null;
  }
  if (scheme === '' || /[\\\0]/.test(path) || path.split('/').some((part) => part === '..' || part === '.')) return null;
  const drive = path.replace(/^\/[A-Z](?=:)/, (letter) => letter.toLowerCase());
  let length = drive.length;
  while (drive[length - 1] === '/') length--;
  return { root: `${scheme}://${authority}`.toLowerCase() + (end === -1 ? '' : rest.slice(end)), path: drive.slice(0, length) };
}

/** What a person has opened or named: files, and folders with all that is in them. Nothing else is read or shown for a message. */
export class Reach {
  readonly #given = new Set<string>();

  /** Of a set or a virtual document: what it is made from. */
  give(uri: string): void {
    for (const file of filesOf(uri)) {
      const at = spelled(file);
      if (at !== null) this.#given.add(at.root + at.path);
    }
  }

  clear(): void {
    this.#given.clear();
  }

  /** Whether all that is read for a uri was given; `also`: or is at hand otherwise. */
  covers(uri: string, also: (file: string) => boolean = () => false): boolean {
    return filesOf(uri).every((file) => also(file) || this.#holds(file));
  }

  #holds(file: string): boolean {
    const at = spelled(file);
    if (at === null) return false;
    if (this.#given.has(at.root + at.path)) return true;
    for (let slash = at.path.lastIndexOf('/'); slash >= 0; slash = at.path.lastIndexOf('/', slash - 1)) {
      if (this.#given.has(at.root + at.path.slice(0, slash))) return true;
      if (slash === 0) break;
    }
    return false;
  }
}
