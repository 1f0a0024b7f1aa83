// Work that takes long, in two lanes where there are two cores.
import { availableParallelism } from 'node:os';

/**
 * Each lane takes the next one when it is free; one after the other altogether where there is one core.
 * @template T
 * @param {readonly string[]} names those that take longest first
 * @param {(name: string) => Promise<T>} work
 * @returns {Promise<{name: string, result: T}[]>} in the order of the names
 */
export async function inTwoLanes(names, work) {
  /** @type {Map<string, T>} */
  const results = new Map();
  const waiting = [...names];
  const lane = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) results.set(name, await work(name));
  };
  await (availableParallelism() < 2 ? lane() : Promise.all([lane(), lane()]));
  return names.map((name) => ({ name, result: /** @type {T} */ (results.get(name)) }));
}
