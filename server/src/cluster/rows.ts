export type Row = Readonly<Record<string, unknown>>;

/** The objects in a list of a document; whatever the cluster answers. */
export function rowsIn(document: unknown, key: string): Row[] {
  const list = (document as Record<string, unknown> | null)?.[key];
  return Array.isArray(list) ? list.filter((row): row is Row => typeof row === 'object' && row !== null) : [];
}
