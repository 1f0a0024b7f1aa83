import { detached } from '../../text.ts';
import type { LogRecord, Throwable } from '../model.ts';

const MAX = 200_000;
const MAX_LENGTH = 2000;

/** Copies strings out of the text that they were cut from, equal ones once, so that the text can be freed. */
export class Strings {
  readonly #known = new Map<string, string>();

  intern(text: string): string {
    // Engines copy short strings by themselves.
    if (text.length < 13) return text;
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const copied = detached(text);
    if (this.#known.size < MAX) this.#known.set(copied, copied);
    return copied;
  }

  record(record: LogRecord): LogRecord {
    const own = (text: string | null) => (text === null ? null : this.intern(text));
    return {
      ...record,
      logger: own(record.logger),
      thread: own(record.thread),
      context: own(record.context),
      message: detached(record.message.slice(0, MAX_LENGTH)),
    };
  }

  throwable(throwable: Throwable): void {
    if (throwable.className !== null) throwable.className = this.intern(throwable.className);
    if (throwable.message !== null) throwable.message = this.intern(throwable.message.slice(0, MAX_LENGTH));
  }

  fields(fields: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
    const result: Record<string, string | undefined> = {};
    for (const [name, value] of Object.entries(fields)) if (value !== undefined) result[name] = this.intern(value.slice(0, MAX_LENGTH));
    return result;
  }
}
