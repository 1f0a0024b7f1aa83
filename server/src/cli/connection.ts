import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type ClusterAccess, readAccess, withFiles } from '../../../common/clusterAccess.ts';
import { accessTo } from '../cluster/access.ts';
import { readAddress } from '../cluster/address.ts';
import { ClusterClient, type Host } from '../cluster/client.ts';
import { nodeHost } from '../io/clusterHost.ts';
import { printedBy } from '../io/headerCommand.ts';
import { reason } from '../workspace/gather.ts';
import { CLUSTER } from './clusterWords.ts';
import { UsageError } from './errors.ts';

export interface Connection {
  client: ClusterClient;
  host: Host;
  close(): Promise<void>;
}

const URL_LIKE = /^https?:\/\//i;

/** Whether an argument is the address of a cluster and no file. */
export const isAddress = (argument: string): boolean => URL_LIKE.test(argument);

/**
 * The connection to a cluster, with the credentials of a file or of the environment: what stands on a command line every user
 * of the machine may read. Nothing is sent yet.
 * @throws UsageError
 */
export async function connect(url: string, accessFile: string | undefined): Promise<Connection> {
  const address = readAddress(url);
  if (typeof address === 'string') throw new UsageError(CLUSTER.address[address]);
  const given = accessFile === undefined ? {} : await accessIn(accessFile);
  const { LOGJAM_TOKEN, LOGJAM_USER, LOGJAM_PASSWORD } = process.env;
  const credentials = { token: LOGJAM_TOKEN || undefined, user: LOGJAM_USER || undefined, password: LOGJAM_PASSWORD || undefined, ...given };
  const { headersCommand } = given;
  const access = accessTo(address, credentials, headersCommand === undefined ? undefined : () => printed(headersCommand));
  const host = await nodeHost(given).catch((error: unknown) => {
    throw new UsageError(CLUSTER.accessUnread(accessFile ?? '', reason(error)));
  });
  return { client: new ClusterClient(access, host), host, close: () => host.close() };
}

/** Paths in it are relative to the file. */
async function accessIn(file: string): Promise<ClusterAccess> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(CLUSTER.accessUnread(file, reason(error)));
  });
  const access = readAccess(text);
  if ('wrong' in access) throw new UsageError(CLUSTER.accessUnread(file, access.wrong));
  return withFiles(access, (named) => path.resolve(path.dirname(file), named));
}

/** @throws UsageError */
const printed = (command: readonly string[]): Promise<string> =>
  printedBy(command).catch((error: unknown) => {
    throw new UsageError(CLUSTER.commandFailed((error as Error).message));
  });
