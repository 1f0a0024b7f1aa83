/**
 * A table that is asked with texts from files: it knows what is written in it and nothing else. A plain object would also
 * answer to "constructor" and "toString".
 */
export const table = <T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
  Object.freeze(Object.assign(Object.create(null) as Record<string, T>, entries));
