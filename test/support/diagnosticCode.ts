import type { Diagnostic } from 'vscode';

/** The rule of a finding; its page, where it has one, stands beside it. */
export const codeOf = ({ code }: Pick<Diagnostic, 'code'>): string | undefined => {
  const value = typeof code === 'object' ? code.value : code;
  return value === undefined ? undefined : String(value);
};
