import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import type { Host } from '../cluster/client.ts';

/** Files of a connection over TLS. */
export interface TlsFiles {
  /** Of authorities that are trusted besides those of the system, in PEM. */
  ca?: string | undefined;
  /** Of the client, in PEM. */
  cert?: string | undefined;
  key?: string | undefined;
  /** Certificate and key in one file (PKCS12). */
  pkcs12?: string | undefined;
  passphrase?: string | undefined;
  /** Whatever certificate the server shows is taken: a person has said so for this cluster. */
  insecure?: boolean | undefined;
}

/** Where HTTP goes through: by the variables HTTP_PROXY, HTTPS_PROXY and NO_PROXY unless another is named. */
export interface ProxyChoice {
  url?: string | undefined;
  exceptions?: string | undefined;
}

/**
 * The connection to one cluster. undici is what `fetch` of Node is made of: it lets certificates and proxies be chosen.
 * Rejects where a file cannot be read.
 */
export async function nodeHost(files: TlsFiles = {}, proxy: ProxyChoice = {}): Promise<Host & { close(): Promise<void> }> {
  const { EnvHttpProxyAgent, fetch } = await import('undici');
  const read = async (file: string | undefined): Promise<Buffer | undefined> => (file === undefined ? undefined : readFile(file));
  const [ca, cert, key, pfx] = await Promise.all([read(files.ca), read(files.cert), read(files.key), read(files.pkcs12)]);
  const tls = {
    ...(ca && { ca: [...(await systemAuthorities()), ca] }),
    ...(cert && { cert }),
    ...(key && { key }),
    ...(pfx && { pfx }),
    ...(files.passphrase !== undefined && { passphrase: files.passphrase }),
    ...(files.insecure === true && { rejectUnauthorized: false }),
  };
  const dispatcher: Dispatcher = new EnvHttpProxyAgent({
    connect: { ...tls, timeout: 10_000 },
    requestTls: tls,
    // The client has an eye on the time itself.
    headersTimeout: 0,
    bodyTimeout: 0,
    ...(proxy.url !== undefined && proxy.url !== '' && { httpProxy: proxy.url, httpsProxy: proxy.url }),
    ...(proxy.exceptions !== undefined && { noProxy: proxy.exceptions }),
  });
  return {
    fetch: async (url, init) => (await fetch(url, { ...init, dispatcher })) as Response,
    seesRedirects: true,
    now: () => Date.now(),
    wait: (ms, signal) => sleep(ms, undefined, { signal }),
    close: () => dispatcher.destroy(),
  };
}

/** Naming an authority would put those of the system out of force. */
async function systemAuthorities(): Promise<readonly string[]> {
  return (await import('node:tls')).rootCertificates;
}
