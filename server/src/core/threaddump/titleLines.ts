const TIME = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\[?\w{3} \w{3} +\d+ \d\d:\d\d)/;
/** In characters. */
const MAX_TIME_LENGTH = 64;

const isTime = (line: string): boolean => line.length < MAX_TIME_LENGTH && TIME.test(line);

/** The last two lines that belong to no dump: what stands above a dump is its title, with its time and the JVM's version. */
export class TitleLines {
  readonly #text: string;
  #last = { start: 0, end: 0 };
  #older = { start: 0, end: 0 };

  constructor(text: string) {
    this.#text = text;
  }

  add(start: number, end: number): void {
    this.#older = this.#last;
    this.#last = { start, end };
  }

  /** The time that the line directly above is. */
  get time(): { text: string; start: number } | null {
    const { start, end } = this.#last;
    const line = this.#text.slice(start, end);
    return isTime(line) ? { text: line, start } : null;
  }

  /** Of dump_to_file, where process id, time and version stand on lines of their own above the first thread. */
  get version(): string | null {
    const line = this.#text.slice(this.#last.start, this.#last.end);
    return /^\d[\w.+-]*$/.test(line) ? line : null;
  }

  /** The time that stands above the version of dump_to_file. */
  get timeAbove(): string | null {
    const line = this.#text.slice(this.#older.start, this.#older.end);
    return isTime(line) ? line : null;
  }
}

/** The title of one deadlock, the count of them that ends their section, or the title of a dump with the JVM that it names; null: none of them. */
export function titleAt(text: string, start: number, end: number): 'deadlock' | 'deadlocks' | { jvm: string | null } | null {
  const line = text.slice(start, Math.min(end, start + 400));
  if (/^Found one Java-level deadlock/.test(line)) return 'deadlock';
  if (/^Found (a total of )?\d+ (Java-level )?deadlocks?/.test(line)) return 'deadlocks';
  const title = /^(?:=+ )?full thread dump(?: =+)?:?\s*(.*)$/is.exec(line);
  if (title === null) return null;
  const jvm = (title[1] as string).trim().replace(/:$/, '');
  return { jvm: jvm === '' ? null : jvm };
}
