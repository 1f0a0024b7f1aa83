// Connections to clusters over TLS and through proxies.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTls, type ServerOptions } from 'node:https';
import { type AddressInfo, connect, type Server as NetServer } from 'node:net';
import { accessTo } from '../../../server/src/cluster/access.ts';
import { type Address, readAddress } from '../../../server/src/cluster/address.ts';
import { ClusterClient } from '../../../server/src/cluster/client.ts';
import { nodeHost, type ProxyChoice, type TlsFiles } from '../../../server/src/io/clusterHost.ts';

const file = (name: string): string => `test/fixtures/tls/${name}`;

async function listening(server: NetServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function ask(url: string, tls: TlsFiles, proxy: ProxyChoice = {}): Promise<string> {
  const host = await nodeHost(tls, proxy);
  try {
    return (await new ClusterClient(accessTo(readAddress(url) as Address, {}), host, { retries: 0 }).ask('overview')).text;
  } catch (error) {
    return (error as Error).message;
  } finally {
    await host.close();
  }
}

describe('a cluster behind TLS', () => {
  const servers: Server[] = [];
  after(() => {
    for (const server of servers) server.close();
  });
  const start = async (options: ServerOptions = {}): Promise<string> => {
    const server = createTls({ cert: readFileSync(file('server.pem')), key: readFileSync(file('server.key')), ...options }, (_, response) =>
      response.end('{"ok":1}'),
    );
    servers.push(server);
    return `https://127.0.0.1:${await listening(server)}`;
  };
  const OK = '{"ok":1}';

  it('is not trusted as long as nobody says who signed it', async () => {
    assert.match(await ask(await start(), {}), /the certificate of 127\.0\.0\.1:\d+ is not trusted \(nobody knows who signed it\); name the CA/);
  });

  it('is trusted by its authority, or where a person does not want it looked at', async () => {
    const url = await start();
    assert.equal(await ask(url, { ca: file('ca.pem') }), OK);
    assert.equal(await ask(url, { insecure: true }), OK);
  });

  it('that wants a certificate of ours gets it, in PEM or PKCS12', async () => {
    const url = await start({ ca: readFileSync(file('ca.pem')), requestCert: true, rejectUnauthorized: true });
    assert.match(await ask(url, { ca: file('ca.pem') }), /does not answer/);
    assert.equal(await ask(url, { ca: file('ca.pem'), cert: file('client.pem'), key: file('client.key') }), OK);
    assert.equal(await ask(url, { ca: file('ca.pem'), pkcs12: file('client.p12'), passphrase: 'changeit' }), OK);
  });

  it('is reached through a proxy, which sees where to and nothing else', async () => {
    const target = await start();
    const through: string[] = [];
    const proxy = createServer();
    proxy.on('connect', (request, socket) => {
      through.push(request.url ?? '');
      const [host, port] = (request.url ?? '').split(':');
      const onward = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
    });
    servers.push(proxy);
    const url = `http://127.0.0.1:${await listening(proxy)}`;
    assert.equal(await ask(target, { ca: file('ca.pem') }, { url }), OK);
    assert.deepEqual(through, [new URL(target).host]);
    assert.equal(await ask(target, { ca: file('ca.pem') }, { url, exceptions: '127.0.0.1' }), OK);
    assert.equal(through.length, 1);
  });

  it('a file that is not there is named', async () => {
    await assert.rejects(nodeHost({ ca: file('nowhere.pem') }), /nowhere\.pem/);
  });
});
