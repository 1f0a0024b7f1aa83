// Work that takes long, beside all the rest of it where there are two cores.
import { availableParallelism } from 'node:os';

/**
 * Runs the first one beside all others, which run one after the other; one after the other altogether where there is one core.
 * @template T
 * @param {readonly string[]} names the one that takes longest first
 * @param {(name: string) => Promise<T>} work
 * @returns {Promise<{name: string, result: T}[]>} in the order of the names
 */
export async function besideTheFirst(names, work) {
  /** @type {Map<string, T>} */
  const results = new Map();
  const lane = async (/** @type {readonly string[]} */ own) => {
    for (const name of own) results.set(name, await work(name));
  };
  if (availableParallelism() < 2) await lane(names);
  else await Promise.all([lane(names.slice(0, 1)), lane(names.slice(1))]);
  return names.map((name) => ({ name, result: /** @type {T} */ (results.get(name)) }));
}
