/** What all views say about findings. */
export const FINDING = {
  toDo: 'What to do:',
  evidence: 'Evidence:',
  missing: 'To confirm:',
  others: 'Further findings',
  more: (count: number) => `${count} more`,
};

/** What a ticket says of a file. */
export const TICKET = {
  file: (name: string, line: number | null, version: string | null): string =>
    `${name}${line === null ? '' : `, line ${line}`}${version === null ? '' : `; Flink ${version}`}`,
  others: (count: number): string => `${count === 1 ? 'One more finding is' : `${count} more findings are`} in the report.`,
};
