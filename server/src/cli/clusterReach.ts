import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Reach } from '../assistant/cases.ts';
import { ToolError } from '../assistant/toolError.ts';
import { readAddress } from '../cluster/address.ts';
import { type CollectOptions, collect, USUAL } from '../cluster/collect.ts';
import { CallFailed } from '../cluster/errors.ts';
import { fingerprint } from '../core/findings.ts';
import { folderSink } from '../io/snapshotFolder.ts';
import { uriOf } from '../workspace/disk.ts';
import { CLUSTER } from './clusterWords.ts';
import { connect, isAddress } from './connection.ts';

/** An assistant does not wait for long, and asks again: of each log the end, no dump, nothing that is measured for seconds. */
const OPTIONS: CollectOptions = { ...USUAL, logs: 5_000_000, flameGraphs: false, maxBytes: 100_000_000, maxMs: 40_000 };

interface Clusters {
  /** Addresses that the person has named; no other is asked. */
  addresses: readonly string[];
  access: string | undefined;
  /** Snapshots lie here as long as the assistant is served. */
  scratch: string;
}

/** Clusters beside files: each time one is opened, a snapshot of it is taken and read. */
export function reachClusters({ addresses, access, scratch }: Clusters, files: Reach): Reach {
  const known = new Set(addresses.map(spelled));
  return async (named) => {
    if (!isAddress(named)) return files(named);
    const address = spelled(named);
    if (!known.has(address)) throw new ToolError(CLUSTER.notNamed(named, addresses));
    const folder = path.join(scratch, fingerprint(address));
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const connection = await connect(address, access);
    try {
      const { client, host } = connection;
      await collect({ client, host, sink: folderSink(folder), options: OPTIONS, signal: new AbortController().signal });
    } catch (error) {
      throw error instanceof CallFailed ? new ToolError(error.message) : error;
    } finally {
      await connection.close();
    }
    return uriOf(folder);
  };
}

/** One spelling for an address, whatever path of the web page was copied. */
function spelled(text: string): string {
  const address = readAddress(text);
  return typeof address === 'string' ? text : address.url;
}
