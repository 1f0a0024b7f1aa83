const NAMES = new Set(['.ds_store', 'thumbs.db', 'desktop.ini']);

/** What macOS and Windows leave in folders and archives beside the files of a person; `path` with `/`. */
export function isLeftover(path: string): boolean {
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  return parts.includes('__MACOSX') || name.startsWith('._') || NAMES.has(name.toLowerCase());
}
