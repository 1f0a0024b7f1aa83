/**
 * Many stacks merged into one call tree with counts. `P` is the kind of place behind a frame: a Span in core,
 * a Range once the language server or the command line has converted it.
 */

export interface IcicleDocument<P> {
  title: string;
  /** What is counted, in the plural: "threads", "stack traces". */
  unit: string;
  /** Outermost frames first: the bottom of the stacks. Sorted by name, so that equal stacks lie side by side. */
  roots: IcicleNode<P>[];
  /** Every stack that was merged, once for each group of equal stacks: what filters work on. */
  stacks: IcicleStack[];
  /** What the two filters are called and offer, most frequent first. */
  facets: IcicleFacet[];
  /** Said instead of a drawing when there is nothing to draw: why, and what would be needed. */
  empty?: string;
  /** Limits and assumptions that the reader has to know: frames cut, stacks left out. */
  notes: string[];
}

export interface IcicleNode<P> {
  /** Unique in the document, stable between two analyses of the same text. */
  id: string;
  /** Class and method; the renderer cuts it to fit. */
  label: string;
  /** The frame in full, with file and line where they are known. */
  description: string;
  kind: 'application' | 'flink' | 'library' | 'jdk' | 'lock';
  children: IcicleNode<P>[];
  /** Indices into `stacks` of those that end here. */
  ends: number[];
  /** Lines of this frame in the text, capped; `count` of the stacks is the true number. */
  places: P[];
}

export interface IcicleStack {
  count: number;
  /** One value for each facet, in the order of `facets`. */
  values: string[];
  /** Names of the threads or traces, capped. */
  members: string[];
}

export interface IcicleFacet {
  /** For example "Role" and "State". */
  name: string;
  values: string[];
}

/** The same call tree with every place converted. */
export function mapIciclePlaces<P, Q>(document: IcicleDocument<P>, convert: (place: P) => Q): IcicleDocument<Q> {
  // Stacks can be deeper than the call stack of this process allows for recursion.
  const roots: IcicleNode<Q>[] = [];
  const open: { from: IcicleNode<P>; into: IcicleNode<Q>[] }[] = document.roots.map((from) => ({ from, into: roots }));
  for (const { from, into } of open) {
    const node: IcicleNode<Q> = { ...from, children: [], places: from.places.map(convert) };
    into.push(node);
    for (const child of from.children) open.push({ from: child, into: node.children });
  }
  return { ...document, roots };
}
