/**
 * A short key for a text, in place of the text itself where its translation is looked up: FNV-1a with 32 bits over the units
 * of UTF-16, in base 36. A test sees to it that no two texts of the knowledge base have the same.
 */
export function textKey(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(36);
}
