/** What all views say about findings. */
export const FINDING = {
  toDo: 'What to do:',
  evidence: 'Evidence:',
  missing: 'To confirm:',
  others: 'Further findings',
  more: (count: number) => `${count} more`,
};
