/** What tells how the bytes of an output are read: a part of process.env, and process.platform. */
export interface Surroundings {
  platform: string;
  env: Readonly<Record<string, string | undefined>>;
}

/**
 * Whether a program that reads the output may take its bytes for something other than UTF-8: PowerShell 5 and `cmd` decode
 * what they redirect by the code page of the console, and a locale may name another character set.
 */
export function mayMisread({ platform, env }: Surroundings): boolean {
  if (platform === 'win32') return true;
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((one) => one !== undefined && one !== '');
  return locale !== undefined && !/utf-?8/i.test(locale);
}

/** A JSON text with escapes for all that is not ASCII: the same value, however its bytes are read. */
export const asciiJson = (text: string): string => text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
