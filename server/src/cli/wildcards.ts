import { existsSync } from 'node:fs';

/**
 * Arguments with their wildcards expanded, sorted, as a shell does it: `cmd` and PowerShell leave it to the program. What
 * matches nothing stays as it is, and so does the name of a file that is there.
 */
export async function withWildcards(args: readonly string[], platform: string): Promise<string[]> {
  if (platform !== 'win32' || !args.some(hasWildcard)) return [...args];
  const { globSync } = await import('tinyglobby');
  return args.flatMap((arg) => {
    if (!hasWildcard(arg) || existsSync(arg)) return [arg];
    const found = globSync(arg.replaceAll('\\', '/'), { onlyFiles: false, expandDirectories: false, caseSensitiveMatch: false });
    return found.length === 0 ? [arg] : found.map((name) => name.replace(/\/$/, '')).sort();
  });
}

const hasWildcard = (arg: string): boolean => !arg.startsWith('-') && /[*?]/.test(arg);
