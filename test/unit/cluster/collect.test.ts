// Snapshots: what is asked and in which order, what is written, what is missed and said; against recorded answers and faults.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Incident, IncidentVerdict } from '../../../common/incident.ts';
import { readManifest, type SnapshotManifest } from '../../../common/snapshot.ts';
import { collect } from '../../../server/src/cluster/collect.ts';
import { conclude } from '../../../server/src/core/incident/conclude.ts';
import { mergeAll } from '../../../server/src/core/incident/digest/merge.ts';
import { folderSink } from '../../../server/src/io/snapshotFolder.ts';
import { digestOf, digestOfRecording } from '../../support/incidentFolder.ts';
import { lite, type ThreadDumpAnswer } from '../../support/liteDump.ts';
import {
  type Answers,
  clusterAnswers,
  dripping,
  endless,
  errors,
  historyAnswers,
  json,
  recordingAnswers,
  type StandIn,
  standIn,
  withProfiler,
} from '../../support/standIn.ts';
import { clientOf, filesBelow, inFolder, options, quickHost } from './helpers.ts';

interface Taken {
  manifest: SnapshotManifest;
  files: Map<string, string>;
  server: StandIn;
  waited: number[];
}

async function snapshotOf(
  answers: Answers,
  some: Parameters<typeof options>[0] = {},
  more: Parameters<typeof clientOf>[1] = {},
  work: (taken: Taken, folder: string) => Promise<void> | void = () => undefined,
): Promise<void> {
  const server = await standIn(answers);
  try {
    await inFolder(async (folder) => {
      const host = quickHost();
      const manifest = await collect({
        client: clientOf(server.url, { host, limits: { idle: 2000, whole: 4000, retries: 0 }, ...more }),
        sink: folderSink(folder),
        host,
        options: options(some),
        signal: new AbortController().signal,
      });
      await work({ manifest, files: new Map(filesBelow(folder)), server, waited: host.waited }, folder);
    });
  } finally {
    await server.close();
  }
}

const statusOf = ({ manifest }: Taken, end: RegExp): string[] => manifest.calls.filter(({ path: at }) => end.test(at)).map(({ status }) => status);

/** What lies in a snapshot as one incident. */
async function verdictIn(files: ReadonlyMap<string, string>): Promise<IncidentVerdict> {
  return (await incidentIn(files)).verdict;
}

async function incidentIn(files: ReadonlyMap<string, string>): Promise<Incident> {
  const digests = await Promise.all([...files].filter(([name]) => name !== 'manifest.json').map(([name, text]) => digestOf(name, text)));
  return conclude(mergeAll(digests));
}

describe('a snapshot', () => {
  it('asks what is cheap first, takes dumps last and one at a time, and measures twice', () =>
    snapshotOf(recordingAnswers('2.3.0/word-count'), { dumps: { count: 3, intervalMs: 10_000, of: null } }, {}, ({ server: { asked }, waited }) => {
      const first = (part: string) => asked.findIndex((one) => one.includes(part));
      const last = (part: string) => asked.findLastIndex((one) => one.includes(part));
      assert.equal(asked[0], '/config');
      assert.ok(last('/backpressure') < first('/logs/'), 'logs come after what is measured');
      assert.ok(last('/logs/') < first('/thread-dump'), 'dumps come last');
      const vertices = new Set(asked.filter((one) => one.includes('/backpressure')));
      assert.equal(asked.filter((one) => one.includes('/backpressure')).length, 2 * vertices.size);
      assert.equal(asked.filter((one) => /taskmanagers\/.*thread-dump/.test(one)).length, 3);
      assert.equal(asked.filter((one) => one.startsWith('/jobmanager/thread-dump')).length, 1);
      assert.ok(waited.filter((ms) => ms > 9000 && ms <= 10_000).length === 2, String(waited));
      assert.ok(waited.some((ms) => ms > 2000 && ms <= 2500));
    }));

  it('without consent has no dump, and asks no cluster that has none', async () => {
    await snapshotOf(recordingAnswers('2.3.0/word-count'), {}, {}, ({ server }) =>
      assert.ok(!server.asked.some((one) => one.includes('thread-dump'))),
    );
    await snapshotOf(recordingAnswers('1.13.1/word-count'), { dumps: { count: 1, intervalMs: 1, of: null } }, {}, ({ server: { asked } }) => {
      assert.ok(!asked.includes('/jobmanager/thread-dump'));
      assert.ok(!asked.some((one) => one.includes('/environment') || one.includes('/rescales')));
    });
  });

  it('of a History Server asks for what it has, and says what it has not', () =>
    snapshotOf(historyAnswers('2.3.0'), { dumps: { count: 1, intervalMs: 1, of: null } }, {}, async ({ manifest, files, server: { asked } }) => {
      assert.deepEqual(manifest.calls.filter(({ status }) => status !== 'ok').map(({ path: at, status, why }) => [at, status, why]), [
        ['/taskmanagers', 'left-out', 'a History Server has what ended jobs left behind, and no processes, logs, metrics or thread dumps'],
        ['/jobmanager/logs', 'left-out', 'a History Server has what ended jobs left behind, and no processes, logs, metrics or thread dumps'],
      ]); // biome-ignore format: a table
      assert.ok(!asked.some((at) => /metrics|taskmanagers|jobmanager|backpressure|watermarks/.test(at)), asked.join());
      assert.ok([...files.keys()].some((name) => /checkpoints\/details/.test(name)));
      assert.notEqual((await verdictIn(files)).health, 'failing');
    }));

  for (const [version, asked, why] of [
    ['2.4.0', ['/taskmanagers/one/thread-dump?mode=lite', '/jobmanager/thread-dump?mode=lite'], undefined],
    ['2.3.0', [], 'only Flink 2.4 and later give a thread dump without locks (mode=lite)'],
  ] as const)
    it(`takes dumps without locks of Flink ${version} ${why === undefined ? 'as they were wanted' : 'not as whole ones'}`, () => {
      const answers: Answers = (at) => {
        if (at === '/config') return json({ 'flink-version': version });
        if (at === '/taskmanagers') return json({ taskmanagers: [{ id: 'one' }] });
        return at.includes('/thread-dump') ? json({ threadInfos: [] }) : json({});
      };
      return snapshotOf(answers, { dumps: { count: 1, intervalMs: 1, of: null, lite: true } }, {}, ({ manifest, server }) => {
        assert.deepEqual(server.asked.filter((at) => at.includes('/thread-dump')), asked); // biome-ignore format: a line
        assert.equal(manifest.calls.find(({ path: at, status }) => at === '/taskmanagers/one/thread-dump' && status === 'left-out')?.why, why);
      });
    });

  it('whose dumps show no locks calls nobody free because of them, and says what is missing', () => {
    const recorded = recordingAnswers('2.3.0/word-count');
    const answers: Answers = (at, request) => {
      const answer = recorded(at.replace('?mode=lite', ''), request);
      if (at === '/config') return json({ 'flink-version': '2.4.0' });
      if (!at.endsWith('?mode=lite') || answer === null || typeof answer === 'function') return answer;
      return json(lite(JSON.parse(String(answer.body)) as ThreadDumpAnswer));
    };
    return snapshotOf(answers, { dumps: { count: 2, intervalMs: 1, of: null, lite: true } }, {}, async ({ files, server }) => {
      assert.ok(server.asked.filter((at) => at.includes('/thread-dump')).every((at) => at.endsWith('?mode=lite')));
      const { verdict, coverage } = await incidentIn(files);
      assert.doesNotMatch(verdict.sentence, /in \d+ dumps?|deadlock/);
      const locks = coverage.missing.filter(({ what }) => /locks that its threads hold/.test(what));
      assert.ok(locks.length > 0 && locks.every(({ decides }) => /deadlock may not show/.test(decides)), JSON.stringify(coverage.missing));
    });
  });

  it('has the newest results of profilers where the cluster has some, and says which it has not', () => {
    const page = readFileSync('test/fixtures/profiles/itimer-2.9.html', 'utf8');
    return snapshotOf(withProfiler(recordingAnswers('2.3.0/word-count'), page), { logs: 'none' }, {}, async (taken) => {
      const { files, server } = taken;
      const pages = [...files].filter(([name]) => name.endsWith('.html'));
      assert.deepEqual(pages.map(([name]) => /\d\d_00\.html$/.exec(name)?.[0]), ['03_00.html', '04_00.html', '05_00.html', '03_00.html', '04_00.html', '05_00.html']); // biome-ignore format: a line
      for (const [name, text] of pages) {
        assert.match(name, /^(?:jobmanager|taskmanagers\/[^/]+)\/profiler\//);
        assert.equal(text, page);
        assert.equal((await digestOf(name, text)).sources[0]?.kind, 'rest-document');
      }
      assert.deepEqual(statusOf(taken, /_02_00\.html$/), ['left-out', 'left-out']);
      assert.ok(server.methods.every((method) => method === 'GET'));
    });
  });

  it('does not ask for profiles where the profiler is not switched on', () =>
    snapshotOf(recordingAnswers('2.3.0/word-count'), {}, {}, ({ server }) => assert.ok(!server.asked.some((one) => one.includes('/profiler')))));

  it('has a manifest that names every call and fits the files', () =>
    snapshotOf(recordingAnswers('2.3.0/healthy'), {}, {}, ({ manifest, files, server }) => {
      assert.deepEqual(readManifest(files.get('manifest.json') ?? ''), manifest);
      assert.equal(manifest.flinkVersion, '2.3.0');
      assert.equal(manifest.cluster, server.url);
      assert.ok(manifest.ended !== null && Math.abs(manifest.clock?.aheadMs ?? Infinity) < 5000);
      const written = manifest.calls.flatMap(({ file }) => file ?? []);
      assert.deepEqual([...written, 'manifest.json'].sort(), [...files.keys()].sort());
      for (const { file, bytes, status, why } of manifest.calls) {
        if (file !== null) assert.equal(bytes, Buffer.byteLength(files.get(file) ?? ''), file);
        assert.equal(why === null, status === 'ok');
      }
    }));

  it('leaves large logs out unless they are wanted, and keeps of them what is', () => {
    const line = (at: number) =>
      `2026-01-01 00:00:${String(at % 60).padStart(2, '0')},000 INFO  org.apache.flink.X [] - record ${at}\n\tat trace.of(${at})\n`;
    const text = Array.from({ length: 40_000 }, (_, at) => line(at)).join('');
    const recorded = recordingAnswers('2.3.0/healthy');
    const answers: Answers = (at, request) => {
      if (at === '/jobmanager/logs') return json({ logs: [{ name: 'jobmanager.log', size: text.length * 30 }] });
      return at === '/jobmanager/logs/jobmanager.log' ? { body: text } : recorded(at, request);
    };
    const log = /jobmanager\/logs\/jobmanager/;
    return Promise.all([
      snapshotOf(answers, {}, {}, (taken) => {
        assert.deepEqual(statusOf(taken, log), ['left-out']);
        assert.ok(!taken.server.asked.some((one) => log.test(one)));
      }),
      snapshotOf(answers, { logs: 'all' }, {}, (taken) => assert.equal(taken.files.get('jobmanager/jobmanager.log'), text)),
      snapshotOf(answers, { logs: 300_000 }, {}, (taken) => {
        assert.deepEqual(statusOf(taken, log), ['partly', 'partly']);
        const [head = '', tail = ''] = [taken.files.get('jobmanager/jobmanager.log.1'), taken.files.get('jobmanager/jobmanager.log')];
        assert.ok(text.startsWith(head) && head.endsWith('\n') && head.length > 200_000);
        assert.ok(text.endsWith(tail) && /^\d{4}-/.test(tail) && tail.length > 200_000 && tail.length < 700_000, String(tail.length));
      }),
    ]).then(() => undefined);
  });

  it('asks no more when its time or its room is used up, and says so', async () => {
    for (const [some, told] of [
      [{ maxBytes: 3000 }, /size/],
      [{ maxMs: 1000 }, /time/],
    ] as const)
      await snapshotOf(recordingAnswers('2.3.0/healthy'), { ...some, dumps: { count: 3, intervalMs: 10_000, of: null } }, {}, ({ manifest }) => {
        const left = manifest.calls.filter(({ status }) => status === 'left-out');
        assert.ok(left.length > 0 && left.every(({ why }) => told.test(why ?? '')));
        assert.ok(manifest.ended !== null);
      });
  });

  it('that was broken off goes on, and fetches logs and dumps once', () =>
    inFolder(async (folder) => {
      const server = await standIn(recordingAnswers('2.3.0/word-count'));
      try {
        const control = new AbortController();
        const take = (signal: AbortSignal, stopAt: RegExp | null) => {
          const host = quickHost();
          const text = (() => { try { return readFileSync(path.join(folder, 'manifest.json'), 'utf8'); } catch { return ''; } })(); // biome-ignore format: a line
          return collect({
            client: clientOf(server.url, { host }),
            sink: folderSink(folder),
            host,
            options: options({ dumps: { count: 2, intervalMs: 1000, of: null } }),
            signal,
            earlier: readManifest(text),
            tell: (at) => { if (stopAt?.test(at) === true) control.abort(); }, // biome-ignore format: a line
          });
        };
        await assert.rejects(take(control.signal, /jobmanager\/thread-dump/), /cancelled/);
        const broken = readManifest(readFileSync(path.join(folder, 'manifest.json'), 'utf8'));
        assert.equal(broken?.ended, null);
        assert.ok(broken?.calls.some(({ path: at, status }) => at.includes('taskmanager.log') && status === 'ok'));
        const before = server.asked.length;
        const manifest = await take(new AbortController().signal, null);
        const again = server.asked.slice(before);
        assert.ok(!again.some((one) => one.includes('/logs/')), again.join('\n'));
        assert.equal(again.filter((one) => one.includes('thread-dump')).length, 2);
        assert.ok(manifest.ended !== null && manifest.calls.some(({ file }) => file?.endsWith('taskmanager.log') === true));
      } finally {
        await server.close();
      }
    }));
});

describe('answers of real clusters', () => {
  for (const version of readdirSync('test/fixtures/clusters').flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -5)] : [])))
    it(`of Flink ${version} are complete, and every document that says something is read`, () =>
      snapshotOf(clusterAnswers(version), { logs: 'none' }, {}, async ({ manifest, files }) => {
        assert.equal(manifest.flinkVersion, version);
        // The other job of that cluster was not recorded.
        const missed = manifest.calls.filter(({ path: at, status }) => status === 'failed' && !/^\/jobs\/[0-9a-f]{32}/.test(at));
        assert.deepEqual(missed, []);
        const read = await Promise.all([...files].map(async ([name, text]) => ({ name, kind: (await digestOf(name, text)).sources[0]?.kind })));
        const unread = read.filter(({ kind }) => kind === undefined).map(({ name }) => path.basename(name));
        assert.deepEqual([...new Set(unread)].sort(), ['manifest.json', 'watermarks.json']);
        const verdict = await verdictIn(files);
        assert.equal(verdict.code, 'healthy', JSON.stringify(verdict));
      }));
});

describe('faults while a snapshot is taken', () => {
  const recorded = recordingAnswers('2.3.0/word-count');
  const log = /\/taskmanagers\/.*\/logs\/taskmanager\.log$/;
  const spoilt =
    (what: RegExp, reply: ReturnType<Answers>): Answers =>
    (at, request) =>
      what.test(at) ? reply : recorded(at, request);

  const cases: [what: string, answers: Answers, check: (taken: Taken) => void][] = [
    ['a log that is cut off is kept as far as it came', spoilt(log, (response) => {
      response.writeHead(200, { 'content-length': '999999' }).write('2026-01-01 first line\n2026-01-01 second');
      setTimeout(() => response.destroy(), 20);
    }), (taken) => {
      assert.deepEqual(statusOf(taken, log), ['cut']);
      assert.match([...taken.files].find(([name]) => name.endsWith('/taskmanager.log'))?.[1] ?? '', /first line\n2026-01-01 second$/);
    }],
    ['a log without end stops at the limit', spoilt(log, endless('2026-01-01 again and again\n'.repeat(1000))), (taken) => {
      assert.deepEqual(statusOf(taken, log), ['cut']);
      assert.ok((taken.manifest.calls.find(({ path: at }) => log.test(at))?.bytes ?? 0) < 3_000_000);
    }],
    ['a page in place of an answer', spoilt(/\/exceptions/, { headers: { 'content-type': 'text/html' }, body: '<title>Gateway</title>' }), (taken) =>
      assert.deepEqual(statusOf(taken, /\/exceptions/), ['failed'])],
    ['a call that comes byte by byte', spoilt(/\/plan$/, dripping('{')), (taken) => assert.deepEqual(statusOf(taken, /\/plan$/), ['failed'])],
    ['names that lead elsewhere', spoilt(/\/logs$/, json({ logs: [{ name: '..', size: 1 }, { name: '.', size: 1 }, { name: '../../x.log', size: 1 }] })), (taken) => {
      assert.ok(taken.manifest.calls.every(({ path: at }) => !/logs\/(?:\.|%2E)+$/i.test(at)));
      assert.ok(statusOf(taken, /x\.log$/).every((status) => status === 'failed'));
    }],
    ['a page in place of a log', spoilt(log, { headers: { 'content-type': 'text/html' }, body: '<title>Session expired</title>' }), (taken) => {
      assert.deepEqual(statusOf(taken, log), ['failed']);
      assert.ok(![...taken.files.values()].some((text) => text.includes('Session expired</title>')));
    }],
    ['a call that is never answered', spoilt(/\/checkpoints$/, () => undefined), (taken) => assert.deepEqual(statusOf(taken, /\/checkpoints$/), ['failed'])],
    ['a redirect to another host', spoilt(/\/plan$/, { status: 302, headers: { location: 'http://127.0.0.1:1/' }, body: '' }), (taken) =>
      assert.deepEqual(statusOf(taken, /\/plan$/), ['failed'])],
    ['401 in the middle', spoilt(/\/vertices\/|taskmanagers/, errors(401, 'token expired')), (taken) => {
      assert.ok(statusOf(taken, /\/vertices\//).every((status) => status === 'failed'));
      assert.ok(taken.files.has('overview.json'));
    }],
    ['checkpoints that are not enabled are no fault', spoilt(/\/checkpoints/, errors(404, 'Checkpointing has not been enabled.')), (taken) =>
      assert.ok(statusOf(taken, /\/checkpoints/).every((status) => status === 'absent'))],
  ]; // biome-ignore format: a table
  for (const [what, answers, check] of cases)
    it(what, () =>
      snapshotOf(answers, { maxBytes: 2_000_000 }, {}, (taken) => {
        check(taken);
        assert.ok(taken.manifest.ended !== null);
        for (const { status, why } of taken.manifest.calls) assert.ok(status === 'ok' || (why ?? '') !== '');
      }),
    );

  it('a job that ends meanwhile: what was read is kept', () => {
    let asked = 0;
    const answers: Answers = (at, request) =>
      /^\/jobs\/[0-9a-f]{32}/.test(at) && ++asked > 6 ? errors(404, 'Job not found') : recorded(at, request);
    return snapshotOf(answers, {}, {}, (taken) => {
      assert.ok(taken.manifest.calls.some(({ status }) => status === 'failed'));
      assert.ok(taken.manifest.ended !== null && taken.files.size > 5);
    });
  });

  it('waits for no answer longer than it may take', async () => {
    const server = await standIn((at, request) => (at.endsWith('/plan') ? dripping('{') : at.includes('/exceptions') ? { status: 503, headers: { 'retry-after': '30' }, body: '' } : recorded(at, request))); // biome-ignore format: a line
    try {
      await inFolder(async (folder) => {
        const manifest = await collect({
          client: clientOf(server.url, { host: { ...quickHost(), now: () => Date.now() } }),
          sink: folderSink(folder),
          host: quickHost(),
          options: options({ maxMs: 3000 }),
          signal: new AbortController().signal,
        });
        const why = (end: string) => manifest.calls.find(({ path: at }) => at.split('?')[0]?.endsWith(end))?.why ?? '';
        assert.match(why('/plan'), /limit on time/);
        assert.match(why('/exceptions'), /503/);
        assert.ok(manifest.ended !== null);
      });
    } finally {
      await server.close();
    }
  });

  it('no cluster at all: nothing is written', async () => {
    const server = await standIn(() => errors(401, 'no'));
    try {
      await inFolder(async (folder) => {
        const host = quickHost();
        const asked = collect({
          client: clientOf(server.url, { host }),
          sink: folderSink(folder),
          host,
          options: options(),
          signal: new AbortController().signal,
        });
        await assert.rejects(asked, /credentials are missing or wrong/);
        assert.deepEqual(filesBelow(folder), []);
      });
    } finally {
      await server.close();
    }
  });
});

describe('no secret is in a snapshot', () => {
  it('whatever the cluster repeats', () => {
    const SECRETS = ['token-of-the-gateway-1', 'cookie-value-of-session', 'Pa55word-of-sink', 'Customer Inc'];
    const recorded = recordingAnswers('2.3.0/word-count');
    const answers: Answers = (at, request) => {
      const spoken = `Authorization: ${request.headers.authorization} Cookie: ${request.headers.cookie}`;
      if (at === '/jobmanager/config')
        return json([
          { key: 's3.secret-key', value: SECRETS[2] },
          { key: 'env.java.opts', value: `-Dsink.password=${SECRETS[2]} -Dof="${SECRETS[3]}"` },
        ]);
      if (at.endsWith('/config') && at !== '/config')
        return json({ jid: 'a', name: 'x', 'execution-config': { 'user-config': { 'sink.password': SECRETS[2] } } });
      if (at.includes('/logs/'))
        return { body: `2026-01-01 00:00:00 INFO ${spoken}\n2026-01-01 00:00:00 INFO args: --password ${SECRETS[2]} for ${SECRETS[3]}\n` };
      if (at.includes('/exceptions')) return errors(500, spoken);
      return recorded(at, request);
    };
    return snapshotOf(
      answers,
      { redact: ['Customer Inc'] },
      { credentials: { token: 'token-of-the-gateway-1', headers: { Cookie: 'session=cookie-value-of-session' } } },
      ({ files, manifest }) => {
        const all = [...files].map(([name, text]) => `${name}\n${text}`).join('\n');
        for (const secret of SECRETS) assert.ok(!all.includes(secret), secret);
        assert.ok(manifest.redaction.removed >= 6, String(manifest.redaction.removed));
      },
    );
  });
});

describe('the incident in a snapshot', () => {
  const RECORDINGS: [recording: string, files: RegExp][] = [
    ...['2.3.0/checkpoint-never-acknowledged', '1.18.1/checkpoint-never-acknowledged', '2.3.0/skewed-key', '2.3.0/restart-loop', '1.18.1/restart-loop', '2.3.0/hanging-initialisation', '2.3.0/slots-missing', '2.3.0/healthy', '1.20.3/healthy'].map((name): [string, RegExp] => [name, /^(?!execution-plan|.*jstack|.*jcmd)/]),
    ...['2.3.0/monitor-deadlock', '1.20.3/monitor-deadlock', '1.13.1/monitor-deadlock', '2.3.0/pool-of-one', '2.3.0/failing-sink', '1.13.1/failing-sink', '2.3.0/heap-out-of-memory'].map((name): [string, RegExp] => [name, /^(?!execution-plan|.*jstack|.*jcmd)/]),
  ]; // biome-ignore format: lists
  for (const [recording, files] of RECORDINGS)
    it(`of ${recording} is that of the recording`, async () => {
      const expected = conclude(await digestOfRecording(recording, files)).verdict;
      await snapshotOf(recordingAnswers(recording), { dumps: { count: 1, intervalMs: 1, of: null } }, {}, async (taken) => {
        const { code, sentence } = await verdictIn(taken.files);
        assert.deepEqual({ code, sentence }, { code: expected.code, sentence: expected.sentence });
      });
    });
});
