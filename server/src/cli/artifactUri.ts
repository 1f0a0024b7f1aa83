import path from 'node:path';

/**
 * A path as SARIF names a file (2.1.0, 3.4.3): a relative reference with every character encoded that means something in a
 * uri, a `file:` uri for an absolute path. `of`: the paths of which system.
 */
export function artifactUri(file: string, of: path.PlatformPath = path): string {
  const parts = file.split(of.sep).join('/');
  // A colon in the first part would make a scheme of it.
  const encoded = parts.split('/').map(encodeURIComponent).join('/');
  if (!of.isAbsolute(file)) return encoded;
  // A share names its host, a drive has no slash before it.
  const before = parts.startsWith('//') ? 'file:' : parts.startsWith('/') ? 'file://' : 'file:///';
  return before + encoded;
}
