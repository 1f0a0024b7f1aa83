import path from 'node:path';
import { URI } from 'vscode-uri';

/**
 * A path as SARIF names a file (2.1.0, 3.4.3): a relative reference with every character encoded that means something in a
 * uri, a `file:` uri for an absolute path. `of`: the paths of which system.
 */
export function artifactUri(file: string, of: path.PlatformPath = path): string {
  const parts = file.split(of.sep).join('/');
  if (of.isAbsolute(file)) return URI.from({ scheme: 'file', path: parts.startsWith('/') ? parts : `/${parts}` }).toString();
  // A colon in the first part would make a scheme of it.
  return parts.split('/').map(encodeURIComponent).join('/');
}
