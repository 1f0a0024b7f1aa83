import { fileURLToPath } from 'node:url';

/**
 * The path of a file on this machine; null for what is none: a uri of another scheme, and one that no file here can have,
 * such as `file://host/share` where there are no shares, or an escaped slash.
 */
export function filePathOf(uri: string): string | null {
  if (!/^file:/i.test(uri)) return null;
  try {
    return fileURLToPath(uri);
  } catch {
    return null;
  }
}
