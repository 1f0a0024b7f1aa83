/** Where the REST API of a cluster is: with the path prefix of a proxy (Knox, YARN, `rest.url-prefix`), without credentials. */
export interface Address {
  /** Without a slash at its end: "https://gateway/flink". */
  url: string;
  /** With its port where that is not the usual one. */
  host: string;
}

/** Why a text is no address. */
export type AddressFault = 'no-url' | 'no-http' | 'credentials';

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * "localhost:8081", "http://jm:8081/", "https://gateway/gateway/flink/#/overview" as a person copies it. Credentials in it
 * are refused: an address is shown, and written into snapshots.
 */
export function readAddress(text: string): Address | AddressFault {
  const trimmed = text.trim();
  let url: URL;
  try {
    url = new URL(SCHEME.test(trimmed) ? trimmed : `http://${trimmed}`);
  } catch {
    return 'no-url';
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'no-http';
  if (url.username !== '' || url.password !== '') return 'credentials';
  let path = url.pathname;
  while (path.endsWith('/')) path = path.slice(0, -1);
  return { url: `${url.origin}${path}`, host: url.host };
}
