/**
 * What several rules ask of a dump is searched for once.
 * @param keyOf what the answer rests on: it is kept for as long as that is
 */
export function once<A, K extends object, R>(keyOf: (asked: A) => K, search: (asked: A) => R): (asked: A) => R {
  const kept = new WeakMap<K, { found: R }>();
  return (asked) => {
    const key = keyOf(asked);
    let known = kept.get(key);
    if (known === undefined) {
      known = { found: search(asked) };
      kept.set(key, known);
    }
    return known.found;
  };
}
