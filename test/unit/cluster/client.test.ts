// The client of a cluster: whatever a server does, a call ends, and the error says which call, what came, and no secret.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { safeName } from '../../../common/snapshot.ts';
import { headersIn } from '../../../server/src/cluster/access.ts';
import { readAddress } from '../../../server/src/cluster/address.ts';
import { CALLS, type CallName, callOf, documentPath, fileOf, isIn, pathOf } from '../../../server/src/cluster/calls.ts';
import { CallFailed } from '../../../server/src/cluster/errors.ts';
import { type Answers, dripping, endless, errors, json, type StandIn, standIn } from '../../support/standIn.ts';
import { clientOf, quickHost } from './helpers.ts';

async function withServer(answers: Answers, run: (server: StandIn) => Promise<void>): Promise<void> {
  const server = await standIn(answers);
  try {
    await run(server);
  } finally {
    await server.close();
  }
}

const failure = async (asked: Promise<unknown>): Promise<CallFailed> => {
  const error = await asked.then(
    () => assert.fail('the call has an answer'),
    (why: unknown) => why,
  );
  assert.ok(error instanceof CallFailed, String(error));
  return error;
};

describe('addresses of clusters', () => {
  for (const [text, url] of [
    ['localhost:8081', 'http://localhost:8081'],
    ['http://jm:8081/', 'http://jm:8081'],
    ['https://gateway:8443/gateway/flink/#/overview', 'https://gateway:8443/gateway/flink'],
    ['https://rm:8090/proxy/application_1_0001/?x=1', 'https://rm:8090/proxy/application_1_0001'],
    ['http://[::1]:8081', 'http://[::1]:8081'],
  ] as const)
    it(text, () => assert.equal((readAddress(text) as { url: string }).url, url));

  for (const [text, fault] of [
    ['http://admin:secret@jm:8081', 'credentials'],
    ['ftp://jm', 'no-http'],
    ['http://', 'no-url'],
    ['', 'no-url'],
  ] as const)
    it(`"${text}" is none`, () => assert.equal(readAddress(text), fault));
});

describe('the calls', () => {
  const subject = {
    job: 'a'.repeat(32),
    vertex: 'b'.repeat(32),
    checkpoint: 7,
    taskManager: 'host:1234-abc',
    log: 'flink.log',
    profile: 'host:1234-abc_CPU_2026.html',
  };

  it('have each a path and a file of their own', () => {
    const names = Object.keys(CALLS) as CallName[];
    assert.equal(new Set(names.map((name) => pathOf(name, subject))).size, names.length);
    assert.equal(new Set(names.map((name) => fileOf(name, subject))).size, names.length);
    // Netty answers 404 to longer request lines (FLINK-8949).
    for (const name of names) assert.ok(`GET ${pathOf(name, subject)} HTTP/1.1`.length < 4096, name);
  });

  it('are found again by the path of their document', () => {
    for (const name of Object.keys(CALLS) as CallName[]) {
      const found = callOf(documentPath(name, subject));
      assert.equal(found?.name, name);
      assert.equal(pathOf(name, found?.subject), pathOf(name, subject));
    }
    for (const path of ['', '/', '/jobs/a/b.json', '/taskmanagers/a/thread-dump-10-00-00-000.json', '/etc/passwd'])
      assert.equal(callOf(path), null, path);
  });

  it('only read', async () => {
    for (const { path } of Object.values(CALLS)) assert.doesNotMatch(path, /jars|cancel|stop|savepoints|rescaling/);
    await withServer(
      () => json({}),
      async (server) => {
        const client = clientOf(server.url);
        for (const name of Object.keys(CALLS) as CallName[]) {
          if (CALLS[name].shape === 'text') await client.stream(name, subject, () => undefined);
          else if (CALLS[name].shape === 'page') await assert.rejects(client.ask(name, subject), /no flame graph of a profiler: \{\}/);
          else await client.ask(name, subject);
        }
        assert.ok(server.methods.length >= 30 && server.methods.every((method) => method === 'GET'), server.methods.join());
      },
    );
  });

  it('are asked of the versions that have them', () => {
    assert.equal(isIn('jobManagerDump', '1.14.6'), false);
    assert.equal(isIn('jobManagerDump', '1.15.0'), true);
    assert.equal(isIn('environment', null), true);
    assert.equal(isIn('rescales', '2.2.1'), false);
  });

  it('take names from the cluster as one segment, and never out of the folder', () => {
    assert.equal(pathOf('taskManagerDump', { taskManager: '../../etc' }), '/taskmanagers/..%2F..%2Fetc/thread-dump');
    assert.throws(() => pathOf('taskManagerDump', { taskManager: '..' }));
    assert.throws(() => pathOf('job'));
    assert.equal(fileOf('taskManagerLog', { taskManager: '..', log: '../../x' }), 'taskmanagers/_../.._.._x');
    for (const name of ['', '.', '..', 'a/b', 'a\\b', 'a\0b', 'C:', 'x'.repeat(500)]) assert.match(safeName(name), /^(?!\.*$)[\w.+=@-]{1,121}$/);
  });
});

describe('a call', () => {
  it('has its answer', () =>
    withServer(
      (at) => (at === '/overview' ? json({ taskmanagers: 1 }) : null),
      async ({ url }) => {
        assert.deepEqual(JSON.parse((await clientOf(url).ask('overview')).text), { taskmanagers: 1 });
      },
    ));

  const faults: [what: string, answers: Answers, expected: RegExp][] = [
    ['404 of Flink', () => errors(404, 'Job abc not found'), /^GET \/overview: the server answered 404: Job abc not found$/],
    [
      'a trace of the server',
      () => errors(500, 'Internal server error.', '<Exception on server side:\norg.apache.A: x\n\tat b.C\nCaused by: java.lang.IllegalStateException: gone\nEnd of exception on server side>'),
      /500: Internal server error\. Caused by: java\.lang\.IllegalStateException: gone$/,
    ],
    ['a page of a proxy', () => ({ headers: { 'content-type': 'text/html' }, body: '<html><title>Sign in</title>' }), /a web page came .*\(200, "Sign in"\)/],
    ['a page with an error', () => ({ status: 404, headers: { 'content-type': 'text/html' }, body: '<title>Not here</title>' }), /a web page .*\(404, "Not here"\)/],
    ['what is no JSON', () => ({ body: 'upstream connect error' }), /no JSON: upstream connect error$/],
    ['half an answer', () => ({ body: '{"taskmanagers":' }), /cut off after 16 bytes$/],
    ['a connection that is cut', () => (response) => { response.writeHead(200, { 'content-length': '100' }).write('{"task'); setTimeout(() => response.destroy(), 20); }, /cut off after 6 bytes$/],
    ['nothing at all', () => () => undefined, /nothing came for 1\.0 s$/],
    ['a beginning and no more', () => (response) => { response.writeHead(200).write('{'); }, /nothing came for 1\.0 s$/],
    ['an answer that comes byte by byte and never ends', () => dripping('{'), /was not whole after 1\.5 s$/],
    ['401', () => errors(401, 'Unauthorized'), /the credentials are missing or wrong \(401\): Unauthorized$/],
    ['403', () => ({ status: 403, body: '' }), /access is not allowed \(403\)$/],
    ['an answer without end', () => endless(`"${'x'.repeat(1 << 16)}"`), /larger than 1 MiB$/],
    ['a redirect in a circle', (at) => ({ status: 302, headers: { location: at }, body: '' }), /it leads to/],
  ]; // biome-ignore format: a table
  for (const [what, answers, expected] of faults)
    it(`that gets ${what} ends with that`, () =>
      withServer(answers, async ({ url }) => {
        const { message } = await failure(clientOf(url, { limits: { idle: 1000, whole: 1500, largest: 1 << 20 } }).ask('overview'));
        assert.match(message, expected);
      }));

  it('to nobody says why', async () => {
    const server = await standIn(() => null);
    await server.close();
    assert.match((await failure(clientOf(server.url).ask('overview'))).message, /does not answer \(connection refused\)$/);
  });

  it('is tried again when the server is busy, after as long as it says', () => {
    let times = 0;
    return withServer(
      () => (++times < 3 ? { status: 503, headers: { 'retry-after': '7' }, body: 'busy' } : json({ ok: 1 })),
      async ({ url }) => {
        const host = quickHost();
        await clientOf(url, { host }).ask('overview');
        assert.deepEqual(host.waited, [7000, 7000]);
      },
    );
  });

  it('ends when nobody wants it any more', () =>
    withServer(
      () => () => undefined,
      async ({ url }) => {
        const control = new AbortController();
        setTimeout(() => control.abort(), 30);
        assert.equal((await failure(clientOf(url).ask('overview', {}, control.signal))).fault.code, 'cancelled');
      },
    ));

  it('waits for its turn: no more than four at a time', () =>
    withServer(
      () => (response) => { setTimeout(() => response.end('{}'), 10); }, // biome-ignore format: a line
      async (server) => {
        const client = clientOf(server.url);
        await Promise.all(Array.from({ length: 30 }, () => client.ask('overview')));
        assert.equal(server.asked.length, 30);
        assert.ok(server.most <= 4, String(server.most));
      },
    ));

  it('goes through a prefix', () =>
    withServer(
      (at) => (at === '/gateway/flink/overview' ? json({}) : null),
      async ({ url }) => {
        await clientOf(`${url}/gateway/flink/`).ask('overview');
      },
    ));
});

describe('credentials', () => {
  const ok: Answers = () => json({});
  const sent = async (credentials: Parameters<typeof clientOf>[1]): Promise<Record<string, unknown>> => {
    let headers: Record<string, unknown> = {};
    await withServer(ok, async (server) => {
      await clientOf(server.url, credentials).ask('overview');
      headers = server.headers[0] ?? {};
    });
    return headers;
  };

  it('are a token, a user with a password, or any header', async () => {
    assert.equal((await sent({ credentials: { token: 'abc' } }))['authorization'], 'Bearer abc');
    assert.equal(
      (await sent({ credentials: { user: 'jörg', password: 'ü:x' } }))['authorization'],
      `Basic ${Buffer.from('jörg:ü:x').toString('base64')}`,
    );
    assert.equal((await sent({ credentials: { headers: { Cookie: 'session=1' } } }))['cookie'], 'session=1');
    assert.equal((await sent({ command: async () => 'X-Key: 5\n' }))['x-key'], '5');
    assert.equal((await sent({ command: async () => 'eyJhbGciOi.x.y\n' }))['authorization'], 'Bearer eyJhbGciOi.x.y');
    assert.deepEqual(headersIn('A: 1\r\nnonsense\nB: 2'), { A: '1', B: '2' });
  });

  it('of a command are asked for anew when they are refused, once', () => {
    let printed = 0;
    return withServer(
      (_, request) => (request.headers['x-key'] === '2' ? json({}) : errors(401, 'expired')),
      async ({ url, asked }) => {
        await clientOf(url, { command: async () => `X-Key: ${++printed}` }).ask('overview');
        assert.deepEqual([printed, asked.length], [2, 2]);
      },
    );
  });

  it('go to no other host', () =>
    withServer(
      () => ({ headers: { 'content-type': 'text/html' }, body: '<title>Login</title>' }),
      async (other) =>
        withServer(
          () => ({ status: 302, headers: { location: `http://localhost:${other.host.split(':')[1]}/login` }, body: '' }),
          async ({ url }) => {
            const { fault } = await failure(
              clientOf(url, { credentials: { token: 'very-secret-token', headers: { Cookie: 'session=secret-session' } } }).ask('overview'),
            );
            assert.equal(fault.code, 'redirected');
            assert.equal(other.headers.length, 1);
            assert.equal(other.headers[0]?.authorization, undefined);
            assert.equal(other.headers[0]?.cookie, undefined);
          },
        ),
    ));

  it('go over no connection that anybody can read where the address is of one that is encrypted', async () => {
    const asked: [string, string | undefined][] = [];
    const host = {
      ...quickHost(),
      fetch: async (url: string, { headers }: { headers: Record<string, string> }) => {
        asked.push([url, headers['Authorization']]);
        return asked.length === 1 ? new Response('', { status: 302, headers: { location: 'http://flink.example/overview' } }) : new Response('{}');
      },
    };
    await clientOf('https://flink.example', { credentials: { token: 'very-secret-token' }, host }).ask('overview');
    assert.deepEqual(asked, [
      ['https://flink.example/overview', 'Bearer very-secret-token'],
      ['http://flink.example/overview', undefined],
    ]);
  });

  it('stand in no error, also where the server repeats them', () =>
    withServer(
      (_, request) => errors(500, `no such user: ${request.headers.authorization} ${request.headers.cookie} password=other-secret`),
      async ({ url }) => {
        const error = await failure(
          clientOf(url, { credentials: { token: 'very-secret-token', headers: { Cookie: 'secret-session' } } }).ask('overview'),
        );
        for (const secret of ['very-secret-token', 'secret-session', 'other-secret'])
          assert.ok(!`${error.stack}${JSON.stringify(error)}`.includes(secret), secret);
      },
    ));
});

describe('a profiler', () => {
  const subject = { taskManager: 'host:1234-abc' };
  const plan = { mode: 'ITIMER', duration: 30 };
  const started = (url: string, credentials = {}) => clientOf(url, { credentials }).profile('taskManagerProfiles', subject, plan);

  it('is started by a call of its own, which says what is wanted', async () => {
    let body = '';
    await withServer(
      (_, request) => (response) => void request.on('data', (piece) => { body += String(piece); }).on('end', () => response.end('{"status":"RUNNING"}')), // biome-ignore format: a line
      async (server) => {
        assert.equal((await started(server.url, { token: 'token-of-mine-123' })).text, '{"status":"RUNNING"}');
        assert.deepEqual(JSON.parse(body), plan);
        assert.deepEqual([server.asked, server.methods], [['/taskmanagers/host%3A1234-abc/profiler'], ['POST']]);
        assert.equal(server.headers[0]?.['content-type'], 'application/json');
        assert.equal(server.headers[0]?.authorization, 'Bearer token-of-mine-123');
      },
    );
  });

  for (const [what, answers, expected] of [
    ['busy', () => errors(503, 'try later'), /^POST \/taskmanagers\/.*503: try later$/],
    ['elsewhere', () => ({ status: 307, headers: { location: '/other' }, body: '' }), /^POST .* leads to/],
    ['switched off', () => errors(404, 'Not found: /taskmanagers/x/profiler'), /^POST .*404: Not found/],
    ['at work already', () => errors(500, 'host is still under profiling.'), /still under profiling/],
  ] as [string, Answers, RegExp][])
    it(`that is ${what} is not asked twice`, () =>
      withServer(answers, async (server) => {
        assert.match((await failure(started(server.url))).message, expected);
        assert.equal(server.asked.length, 1);
      }));

  it('gives pages, and a login in place of one is none', async () => {
    const page = readFileSync('test/fixtures/profiles/itimer-2.9.html', 'utf8');
    for (const type of ['text/plain', 'text/html'])
      await withServer(
        (at) => ({ headers: { 'content-type': type }, body: at.endsWith('/a.html') ? page : '<!DOCTYPE html><title>Sign in</title>' }),
        async ({ url }) => {
          const ask = (profile: string) => clientOf(url).ask('jobManagerProfile', { profile });
          assert.equal((await ask('a.html')).text, page);
          assert.match((await failure(ask('b.html'))).message, /no flame graph of a profiler: Sign in$/);
        },
      );
  });
});

describe('a file', () => {
  it('is none where a page of a proxy comes in its place', () =>
    withServer(
      () => ({ headers: { 'content-type': 'text/html' }, body: '<title>Sign in</title>' }),
      async ({ url }) => {
        let taken = 0;
        const log = clientOf(url).stream('jobManagerLog', { log: 'flink.log' }, (piece) => {
          taken += piece.length;
        });
        assert.match((await failure(log)).message, /a web page came .*Sign in/);
        assert.equal(taken, 0);
      },
    ));
});
