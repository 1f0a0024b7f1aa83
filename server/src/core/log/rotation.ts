/** What a logging framework appends to the names of files that it has put aside: a number, a date, both; then compression. */
const APPENDED = /(\.(?:log|out|err|txt))(?:[.-]\d[\d.-]*)(?:\.(?:gz|zip))?$/i;
/** The date of a file whose name keeps its ending: "flink.2026-11-20.1.log". */
const INSERTED = /[.-]\d{4}-\d\d-\d\d(?:[-.]\d+){0,8}(\.(?:log|out|err|txt))(?:\.(?:gz|zip))?$/i;

/** The name that all files of a rotation share: "taskmanager.log" of "taskmanager.log.2.gz". */
export function rotationName(name: string): string {
  return INSERTED.test(name) ? name.replace(INSERTED, '$1') : name.replace(APPENDED, '$1');
}

/** The files among these that a rotation has put aside from the same log, the given one excluded. */
export function rotatedBeside(name: string, all: readonly string[]): string[] {
  const own = rotationName(name);
  return all.filter((other) => other !== name && rotationName(other) === own);
}
