// npm run lab:gc -- [--out FOLDER] [--jdk HOME …]
// Runs a program that makes garbage with every collector of the JDKs that are here and with many ways to log, and
// writes each log with what the JVM's own beans counted: test/fixtures/gc/NAME.log and recordings.json.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { jdksByVersion, jdkVersion } from '../flink-lab/lib/toolchain.ts';

const here = path.dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: { out: { type: 'string', default: path.join(here, '../fixtures/gc') }, jdk: { type: 'string', multiple: true, default: [] } },
});

const VERBOSE = 'gc*:file=LOG:time,uptime,level,tags';
const PLAIN = 'gc:file=LOG:uptime,level,tags';

interface Recorded {
  /** Version of the JDK. */
  java: number;
  flags: string[];
  xlog: string;
  arguments: string[];
  /** Collections and their time by the JVM's own beans. */
  beans: Record<string, { count: number; ms: number }>;
}

/** name, flags of the JVM, -Xlog, arguments of the program; `stdout`: the log goes there. */
const RECORDINGS: [name: string, flags: string[], xlog: string, args: string[], out?: 'stdout'][] = [
  ['serial', ['-XX:+UseSerialGC', '-Xmx32m'], VERBOSE, ['mb=60', 'live=8', 'explicit=1']],
  ['serial-plain-time', ['-XX:+UseSerialGC', '-Xmx32m'], 'gc:file=LOG:time', ['mb=100', 'live=8', 'explicit=2']],
  ['parallel', ['-XX:+UseParallelGC', '-Xmx32m'], VERBOSE, ['mb=80', 'live=8', 'explicit=1']],
  ['parallel-undecorated', ['-XX:+UseParallelGC', '-Xmx32m'], 'gc:file=LOG:none', ['mb=100', 'live=8', 'explicit=1']],
  ['parallel-out-of-memory', ['-XX:+UseParallelGC', '-Xmx16m'], PLAIN, ['mb=400', 'live=1', 'leak']],
  ['g1', ['-XX:+UseG1GC', '-Xmx32m'], VERBOSE, ['mb=40', 'live=12', 'explicit=1']],
  ['g1-humongous', ['-XX:+UseG1GC', '-Xmx48m'], PLAIN, ['mb=120', 'live=4', 'humongous=600']],
  ['g1-concurrent-explicit', ['-XX:+UseG1GC', '-Xmx48m', '-XX:+ExplicitGCInvokesConcurrent'], PLAIN, ['mb=100', 'live=8', 'explicit=3']],
  ['g1-utc-pid-host', ['-XX:+UseG1GC', '-Xmx32m'], 'gc:file=LOG:utctime,pid,hostname,tid,level', ['mb=60', 'live=8', 'explicit=1']],
  ['g1-millis', ['-XX:+UseG1GC', '-Xmx32m'], 'gc:file=LOG:timemillis,uptimemillis,tags', ['mb=60', 'live=8']],
  ['g1-nanos', ['-XX:+UseG1GC', '-Xmx32m'], 'gc:file=LOG:uptimenanos,level', ['mb=60', 'live=8']],
  ['g1-stdout-safepoint', ['-XX:+UseG1GC', '-Xmx32m'], 'gc,safepoint:stdout', ['mb=60', 'live=8', 'explicit=1'], 'stdout'],
  ['z', ['-XX:+UseZGC', '-Xmx64m'], VERBOSE, ['mb=60', 'live=8', 'explicit=1']],
  ['z-plain', ['-XX:+UseZGC', '-Xmx64m'], PLAIN, ['mb=100', 'live=8', 'explicit=1']],
  ['z-phases', ['-XX:+UseZGC', '-Xmx64m'], 'gc,gc+phases:file=LOG:uptime', ['mb=100', 'live=8']],
  ['shenandoah', ['-XX:+UseShenandoahGC', '-Xmx64m'], 'gc,gc+start:file=LOG:time,uptime', ['mb=100', 'live=8', 'explicit=1']],
  ['shenandoah-tight', ['-XX:+UseShenandoahGC', '-Xmx40m'], PLAIN, ['mb=150', 'live=18']],
  ['shenandoah-generational', ['-XX:+UseShenandoahGC', '-XX:ShenandoahGCMode=generational', '-Xmx64m'], PLAIN, ['mb=100', 'live=8']],
  ['epsilon', ['-XX:+UseEpsilonGC', '-Xmx256m'], VERBOSE, ['mb=20', 'live=2', 'explicit=1']],
];

const jdks = (): string[] => (values.jdk.length > 0 ? values.jdk : [...jdksByVersion().values()]);

const work = mkdtempSync(path.join(tmpdir(), 'logjam-gc-'));
mkdirSync(values.out, { recursive: true });
const recordings: Record<string, Recorded> = {};
for (const home of jdks()) {
  const version = jdkVersion(home);
  const classes = path.join(work, String(version));
  execFileSync(path.join(home, 'bin/javac'), ['-d', classes, path.join(here, 'Allocate.java')]);
  for (const [base, flags, xlog, args, out] of RECORDINGS) {
    const name = `${base}-jdk${version}`;
    const log = path.join(work, 'gc.log');
    const truth = path.join(work, 'truth.json');
    for (const file of [log, truth]) rmSync(file, { force: true });
    const options = ['-XX:+UnlockExperimentalVMOptions', ...flags, `-Xlog:${xlog.replace('LOG', log)}`];
    const result = spawnSync(path.join(home, 'bin/java'), [...options, '-cp', classes, 'Allocate', ...args, `truth=${truth}`], {
      encoding: 'latin1',
    });
    if (!existsSync(truth)) {
      console.log(`${name}: not with this JDK (${result.stderr.split('\n')[0] ?? ''}${result.stdout.split('\n')[0] ?? ''})`);
      continue;
    }
    writeFileSync(path.join(values.out, `${name}.log`), hostless(out === 'stdout' ? result.stdout : readFileSync(log, 'latin1')), 'latin1');
    const recorded: Recorded = {
      java: version,
      flags,
      xlog: xlog.replace('file=LOG', 'file'),
      arguments: args,
      beans: JSON.parse(readFileSync(truth, 'utf8')) as Recorded['beans'],
    };
    recordings[name] = recorded;
    console.log(
      `${name}: ${Object.entries(recorded.beans)
        .map(([bean, { count, ms }]) => `${bean} ${count} (${ms} ms)`)
        .join(', ')}`,
    );
  }
}
rmSync(work, { recursive: true });
writeFileSync(path.join(values.out, 'recordings.json'), `${JSON.stringify(recordings, null, 2)}\n`);

/** The name of the machine is nobody's business. */
function hostless(text: string): string {
  const host = execFileSync('hostname', { encoding: 'utf8' }).trim();
  return host === '' ? text : text.replaceAll(`[${host}`, '[host');
}
