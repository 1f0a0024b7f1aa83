import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { accessTo, type Credentials, type HeaderCommand } from '../../../server/src/cluster/access.ts';
import { type Address, readAddress } from '../../../server/src/cluster/address.ts';
import { ClusterClient, type Host, type Limits } from '../../../server/src/cluster/client.ts';
import { type CollectOptions, USUAL } from '../../../server/src/cluster/collect.ts';

/** A host whose clock goes on while somebody waits: nothing in a test takes as long as it says. */
export function quickHost(): Host & { waited: number[] } {
  let ahead = 0;
  const waited: number[] = [];
  return {
    fetch: (url, init) => fetch(url, init),
    seesRedirects: true,
    now: () => Date.now() + ahead,
    wait: async (ms, signal) => {
      signal.throwIfAborted();
      waited.push(ms);
      ahead += ms;
    },
    waited,
  };
}

export function clientOf(
  url: string,
  {
    credentials = {},
    command,
    limits = {},
    host = quickHost(),
  }: { credentials?: Credentials; command?: HeaderCommand; limits?: Partial<Limits>; host?: Host } = {},
): ClusterClient {
  return new ClusterClient(accessTo(readAddress(url) as Address, credentials, command), host, limits);
}

export const options = (some: Partial<CollectOptions> = {}): CollectOptions => ({ ...USUAL, ...some });

/** Runs with a folder of its own that is gone afterwards. */
export async function inFolder<R>(work: (folder: string) => Promise<R>): Promise<R> {
  const folder = mkdtempSync(path.join(tmpdir(), 'logjam-cluster-test-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every file below a folder, as [name, text]. */
export const filesBelow = (folder: string): [name: string, text: string][] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(path.join(folder, name)).isFile())
    .sort()
    .map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]);
