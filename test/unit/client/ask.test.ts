// What the server gets of a request of the extension, over the connection that both use.
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import {
  type CancellationToken,
  CancellationTokenSource,
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { askThrough } from '../../../client/src/ask.ts';

function connected() {
  const [there, back] = [new PassThrough(), new PassThrough()];
  const client = createMessageConnection(new StreamMessageReader(back), new StreamMessageWriter(there));
  const server = createMessageConnection(new StreamMessageReader(there), new StreamMessageWriter(back));
  for (const one of [client, server]) one.listen();
  return { client, server };
}

describe('a request of the extension', () => {
  const CONTRACT = { method: 'logjam/test' };

  it('comes with a token, whether its sender has one or not', async () => {
    const { client, server } = connected();
    server.onRequest(CONTRACT.method, (params: unknown, token: CancellationToken) => [params, token.isCancellationRequested]);
    const ask = askThrough(client, () => Promise.resolve());
    assert.deepEqual(await ask(CONTRACT, { uri: 'file:///a' }), [{ uri: 'file:///a' }, false]);
    assert.deepEqual(await ask(CONTRACT, { uri: 'file:///a' }, new CancellationTokenSource().token), [{ uri: 'file:///a' }, false]);
  });

  it('waits until the server is up', async () => {
    const { client, server } = connected();
    let up = false;
    server.onRequest(CONTRACT.method, () => up);
    const started = new Promise<void>((resolve) =>
      setImmediate(() => {
        up = true;
        resolve();
      }),
    );
    assert.equal(await askThrough(client, () => started)(CONTRACT, {}), true);
  });
});
