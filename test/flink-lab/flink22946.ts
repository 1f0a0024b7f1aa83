/**
 * Records FLINK-22946: the deadlock on 1.13.1, and a run on 1.13.2 that goes through.
 */
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { atExit, run, start, stop, until } from './lib/processes.ts';
import { Recording } from './lib/recordings.ts';
import { compile, jdkTool, toolchain } from './lib/toolchain.ts';

const MAIN = 'org.apache.flink.runtime.io.network.partition.consumer.Flink22946';
const QUEUE = 'org.apache.flink.runtime.io.network.partition.consumer.BufferManager$AvailableBufferQueue';
interface Mode {
  flags: string[];
  warmUp: number;
  /** Places that the dump must show. */
  frames: string[];
  never: string;
  code: string;
}

/**
 * A long-running task is compiled by the JIT, and so is the reported dump. In the interpreter HotSpot has already
 * stepped past the `monitorenter` of line 296 while the thread waits for the lock, and reports the next line.
 */
const MODES: Record<string, Mode> = {
  'flink-22946': {
    flags: [
      '-Xcomp',
      '-XX:TieredStopAtLevel=1',
      '-XX:CompileCommand=quiet',
      '-XX:CompileCommand=compileonly,org.apache.flink.runtime.io.network.*::*',
    ],
    warmUp: 5,
    frames: ['BufferManager.java:200', 'BufferManager.java:296', 'BufferManager.java:399'],
    never: 'BufferManager.java:297',
    code: 'compiled by the JIT, as in a task that has run for a while',
  },
  'flink-22946-interpreted': {
    flags: ['-Xint'],
    warmUp: 0,
    frames: ['BufferManager.java:200', 'BufferManager.java:297', 'BufferManager.java:399'],
    never: 'BufferManager.java:296',
    code: 'interpreted: a thread that waits for the monitor of line 296 is shown one line further down, at 297',
  },
};

/** The last version with the bug and the first without. */
export const VERSIONS = ['1.13.1', '1.13.2'];

interface Tries {
  /** Standard output of the program. */
  output: string;
  deadlocked: number;
  tries: number;
}

interface JavaOptions {
  /** Folder or jar that goes first on the class path, such as a repaired BufferManager. */
  patch?: string | undefined;
  flags?: string[];
}

/** Runs the program to its end; `patch` as in JavaOptions. */
export async function tryDeadlock(version: string, tries: number, patch?: string): Promise<Tries> {
  const { stdout } = await run(jdkTool('java'), [...(await javaArguments(version, { patch })), '--tries', String(tries)]);
  const counts = /^deadlocked: (\d+) of (\d+)/m.exec(stdout);
  if (!counts) throw new Error(`the program said nothing about its tries:\n${stdout}`);
  return { output: stdout, deadlocked: Number(counts[1]), tries: Number(counts[2]) };
}

async function javaArguments(version: string, { patch, flags = [] }: JavaOptions = {}): Promise<string[]> {
  const { classes, jars } = await compile('flink-22946', version);
  return ['-Xmx128m', ...flags, '-cp', [...(patch ? [patch] : []), classes, ...jars].join(delimiter), MAIN];
}

/** Records one version into test/fixtures/flink. */
export async function recordFlink22946(version: string): Promise<void> {
  const { java } = await toolchain();
  if (version === '1.13.1') for (const [name, mode] of Object.entries(MODES)) await recordDeadlock(version, name, mode, java);
  else await recordNoDeadlock(version, java);
}

async function recordDeadlock(version: string, name: string, { flags, warmUp, frames, never, code }: Mode, java: string): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'logjam-22946-'));
  atExit(() => rmSync(scratch, { recursive: true, force: true }));
  const child = start(
    jdkTool('java'),
    [...(await javaArguments(version, { flags })), '--tries', '20', '--warm-up', String(warmUp), '--record', scratch, '--hold'],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const pid = await until('the deadlock', () => /holding pid (\d+)/.exec(output)?.[1] ?? failed(child, output));

  const recording = new Recording(version, name);
  const jstack = (await run(jdkTool('jstack'), ['-l', pid])).stdout;
  for (const frame of frames) if (!jstack.includes(frame)) throw new Error(`jstack does not show ${frame}`);
  if (jstack.includes(never)) throw new Error(`jstack shows ${never}: the code ran in another mode than asked for`);
  recording.file('jstack-l.txt', 'jstack -l', jstack);
  recording.file('jcmd-thread-print.txt', 'jcmd Thread.print -l -e', (await run(jdkTool('jcmd'), [pid, 'Thread.print', '-l', '-e'])).stdout);
  recording.file('threadinfo.txt', 'ThreadInfo.toString of all threads', readFileSync(join(scratch, 'threadinfo.txt'), 'utf8'));
  recording.file(
    'taskmanager-thread-dump.json',
    'body of /taskmanagers/:id/thread-dump, made by the REST classes of flink-runtime',
    readFileSync(join(scratch, 'taskmanager-thread-dump.json'), 'utf8'),
  );
  recording.file('run.txt', 'standard output of the program', output.replace(/^holding.*\n/m, ''));
  const threads = ['Channel state writer Join (1/2)#0', 'Join (1/2)#0'];
  const locks = threads.map((thread) => lockHeldBy(jstack, thread));
  recording.finish({
    java,
    command: `java ${flags.join(' ')} -cp CLASSPATH ${MAIN} --tries 20 --warm-up ${warmUp} --record DIR --hold`,
    what: `Two channels of one input gate recycle an exclusive buffer at the same time; each gives a floating buffer back to the pool while it holds its own buffer queue, and the pool offers it to the other channel. The code was ${code}.`,
    expected: {
      knownIssue: 'FLINK-22946',
      fixedIn: ['1.11.4', '1.12.5', '1.13.2', '1.14.0'],
      flinkVersion: version,
      flinkVersionEvidence: 'frame-lines',
      frames,
      deadlocks: [{ kind: 'monitor', certainty: 'proved', threads, locks, lockClass: QUEUE }],
      // ThreadInfo.toString cuts a stack at 8 frames: the lock that each thread holds is taken in frame 10
      perFile: {
        'jstack-l.txt': { deadlock: 'proved, and listed by the JVM itself' },
        'jcmd-thread-print.txt': { deadlock: 'proved, and listed by the JVM itself' },
        'threadinfo.txt': { deadlock: 'proved by the owner that each BLOCKED thread names; frames cut at 8' },
        'taskmanager-thread-dump.json': { deadlock: 'proved by the owner that each BLOCKED thread names; frames cut at 8' },
      },
    },
  });
  child.stdin?.end();
  await stop(child);
  console.log(`${version} ${name}: recorded, deadlock between ${threads.join(' and ')}`);
}

function failed(child: ChildProcess, output: string): null {
  if (child.exitCode !== null) throw new Error(`the program ended without a deadlock:\n${output}`);
  return null;
}

/** The buffer queue that a thread holds, from its section in a jstack. */
function lockHeldBy(jstack: string, thread: string): string {
  const section = jstack.split('\n\n').find((part) => part.startsWith(`"${thread}"`)) ?? '';
  const held = /- locked <(0x[0-9a-f]+)> \(a \S+AvailableBufferQueue\)/.exec(section);
  if (held?.[1] === undefined) throw new Error(`${thread} holds no buffer queue in the dump`);
  return held[1];
}

async function recordNoDeadlock(version: string, java: string): Promise<void> {
  const { output, deadlocked, tries } = await tryDeadlock(version, 50);
  if (deadlocked > 0) throw new Error(`${version} deadlocked ${deadlocked} times`);
  const recording = new Recording(version, 'flink-22946');
  recording.file('run.txt', 'standard output of the program', output);
  recording.finish({
    java,
    command: `java -cp CLASSPATH ${MAIN} --tries ${tries}`,
    what: 'The same program against the first version with the fix: every try goes through.',
    expected: { knownIssue: null, deadlocks: [] },
    extra: { deadlocked, tries },
  });
  console.log(`${version} flink-22946: ${deadlocked} of ${tries} tries deadlocked`);
}
