/** A History Server as a process of its own, over what ended jobs of a cluster have left behind. */
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cluster, freePort } from './cluster.ts';
import { atExit, start, stop, until } from './processes.ts';
import { jdkTool } from './toolchain.ts';
import { JAVA_OPTIONS, versionOf } from './versions.ts';

const MAIN = 'org.apache.flink.runtime.webmonitor.history.HistoryServer';

/** Starts it, has `work` done with its address once it tells of a job, and ends it. */
export async function withHistoryServer(cluster: Cluster, job: string, work: (url: string) => Promise<void>): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'logjam-history-'));
  const remove = () => rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  atExit(remove);
  const port = await freePort();
  const settings = {
    'historyserver.archive.fs.dir': `file://${cluster.archive}`,
    'historyserver.archive.fs.refresh-interval': 500,
    'historyserver.web.address': 'localhost',
    'historyserver.web.port': port,
    'historyserver.web.tmpdir': join(home, 'web'),
    'io.tmp.dirs': home,
    // Asked for by every process of 1.13.
    'jobmanager.rpc.address': 'localhost',
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key}: ${value}\n`);
  writeFileSync(join(home, versionOf(cluster.version).config), lines.join(''));
  const log = join(home, 'out');
  const out = openSync(log, 'w');
  const child = start(jdkTool('java'), ['-Xmx128m', ...JAVA_OPTIONS, '-classpath', cluster.classPath, MAIN, '--configDir', home], {
    stdio: ['ignore', out, out],
    cwd: home,
    env: { PATH: process.env.PATH, TZ: 'UTC', LANG: 'C.UTF-8', USER: 'flink' },
  });
  const url = `http://127.0.0.1:${port}`;
  try {
    await until('the History Server to have the job', async () => {
      if (child.exitCode !== null) throw new Error(`the History Server ended:\n${readFileSync(log, 'utf8').slice(-2000)}`);
      const response = await fetch(`${url}/jobs/${job}`).catch(() => null);
      return response?.ok === true;
    });
    await work(url);
  } finally {
    await stop(child, 'SIGKILL');
    remove();
  }
}
