// npm run fuzz -- --seconds N [--seed N] [--only TEXT]
// npm run fuzz -- --texts N --seed N: so many texts, the same ones on every machine, whatever the computing takes; part of npm test.
// npm run fuzz -- --archives, with --seconds or --texts: archives of fixtures instead, see archives.ts.
// npm run fuzz -- --sequences N [--seed N]: so many sequences of messages for the built server instead, see sequences.ts.
// npm run fuzz -- --java [--programs N] [--seed N] [--from N]: the quick fixes of Java instead, see test/java/differential.
// Mutates every fixture, and digests of them. Anything thrown, more than two seconds of computing, and memory that keeps growing is a failure;
// the text that led to it is saved in test/fixtures/fuzz/, where the unit tests find it from then on.
import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { at } from '../../scripts/lib/paths.mjs';
import { report } from '../java/differential/report.ts';
import { archive } from './archives.ts';
import { digests, fixtures } from './inputs.ts';
import { mutate } from './mutate.ts';
import { Random } from './random.ts';
import { sequence } from './sequences.ts';
import type { Answer } from './worker.ts';

/** Milliseconds of computing for one text. */
const SLOW = 2000;
/** Milliseconds on the clock after which the process is given up; more, as the machine may be busy with other work. */
const HANG = 60_000;
/** Bytes that the heap may grow over its first measurement. */
const GROWTH = 64 * 1024 * 1024;
const MAX_FAILURES = 20;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    texts: { type: 'string' },
    seed: { type: 'string' },
    only: { type: 'string', default: '' },
    sequences: { type: 'string' },
    archives: { type: 'boolean', default: false },
    java: { type: 'boolean', default: false },
    programs: { type: 'string', default: '10000' },
    from: { type: 'string', default: '0' },
  },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const random = new Random(seed);
const inputs: { name: string; text: string }[] = [];

let worker: ChildProcess | undefined;
const startWorker = (): ChildProcess =>
  fork(at('test/fuzz/worker.ts'), {
    execArgv: ['--import', 'tsx', '--max-old-space-size=1024'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  });

/** Hands an input to the worker; a worker that does not answer is killed and the next input gets a new one. */
function examineOutside(id: number, input: string | Uint8Array): Promise<Answer> {
  worker ??= startWorker();
  const current = worker;
  return new Promise((resolve) => {
    const end = (answer: Answer) => {
      clearTimeout(timer);
      current.removeAllListeners();
      if ('error' in answer) {
        current.kill('SIGKILL');
        worker = undefined;
      }
      resolve(answer);
    };
    const timer = setTimeout(() => end({ id, error: `no answer within ${HANG} ms` }), HANG);
    current.once('message', (answer: Answer) => end(answer));
    current.once('exit', (code, signal) => end({ id, error: `the process ended (${code ?? signal}): out of memory?` }));
    current.send({ id, input });
  });
}

/** @returns the name of the saved file, relative to the project */
function save(input: string | Uint8Array): string {
  const folder = at('test/fixtures/fuzz');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${createHash('sha256').update(input).digest('hex').slice(0, 12)}.${typeof input === 'string' ? 'txt' : 'zip'}`);
  writeFileSync(file, input);
  return path.relative(at(), file);
}

function mutated(): { name: string; input: string; applied: string[] } {
  const { name, text } = random.pick(inputs);
  const { text: input, applied } = mutate(text, random, random.pick(inputs).text);
  return { name, input, applied };
}

function packed(): { name: string; input: Uint8Array; applied: string[] } {
  const { bytes: input, applied } = archive(
    random,
    inputs.map(({ text }) => text),
  );
  return { name: 'archive', input, applied };
}

/** Steps of a sequence. */
const STEPS = 400;

async function sequences(count: number): Promise<number> {
  let failures = 0;
  for (let number = 0; number < count; number++) {
    try {
      await sequence(new Random(seed + number), inputs, STEPS);
    } catch (error) {
      failures++;
      console.error(`seed ${seed + number}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  console.log(`seed ${seed}: ${count} sequences of ${STEPS} messages, ${failures} failures`);
  return failures === 0 ? 0 : 1;
}

async function main(): Promise<number> {
  if (values.java) return report({ programs: Number(values.programs), seed: Number(values.seed ?? 1), from: Number(values.from) });
  inputs.push(...[...fixtures(), ...(await digests())].filter(({ name }) => name.includes(values.only)));
  if (inputs.length === 0) {
    console.error(`nothing has "${values.only}" in its name`);
    return 2;
  }
  if (values.sequences !== undefined) return sequences(Number(values.sequences));
  const most = values.texts === undefined ? Infinity : Number(values.texts);
  const end = values.texts === undefined ? Date.now() + Number(values.seconds) * 1000 : Infinity;
  // A core that does not even load is no fault of the texts.
  const control = await examineOutside(0, '');
  if ('error' in control) {
    console.error(`The core does not run: ${control.error}`);
    return 2;
  }
  console.log(`seed ${seed}, ${inputs.length} inputs, ${values.texts === undefined ? `${values.seconds} s` : `${values.texts} texts`}`);
  let tries = 0;
  let slowest = 0;
  const failures: string[] = [];
  let firstHeap: number | undefined;
  let lastHeap = 0;
  while (tries < most && Date.now() < end && failures.length < MAX_FAILURES) {
    const { name, input, applied } = values.archives ? packed() : mutated();
    const answer = await examineOutside(++tries, input);
    const what = `${name} [${applied.join(', ')}]`;
    if ('error' in answer) {
      failures.push(`${what}: ${answer.error}`);
      console.error(`\n${failures.at(-1)}\n  saved as ${save(input)}`);
      firstHeap = undefined;
      continue;
    }
    let { cpu } = answer;
    if (values.texts === undefined && cpu > SLOW) {
      // Other programs on the machine make computing dearer for a moment: what is slow is slow again.
      const again = await examineOutside(tries, input);
      if ('cpu' in again) cpu = Math.min(cpu, again.cpu);
    }
    slowest = Math.max(slowest, cpu);
    if (values.texts === undefined && cpu > SLOW) {
      failures.push(`${what}: ${Math.round(cpu)} ms for ${input.length} ${values.archives ? 'bytes' : 'characters'}`);
      console.error(`\n${failures.at(-1)}\n  saved as ${save(input)}`);
    }
    if (answer.heap !== undefined) {
      firstHeap ??= answer.heap;
      lastHeap = answer.heap;
      if (lastHeap > firstHeap + GROWTH) {
        failures.push(`memory grew from ${firstHeap} to ${lastHeap} bytes`);
        console.error(failures.at(-1));
        break;
      }
    }
  }
  worker?.removeAllListeners();
  worker?.kill();
  const growth = firstHeap === undefined ? 'not measured' : `${((lastHeap - firstHeap) / 1024 / 1024).toFixed(1)} MB`;
  console.log(`${tries} texts, slowest ${Math.round(slowest)} ms, growth of memory ${growth}, ${failures.length} failures`);
  return failures.length === 0 ? 0 : 1;
}

void main().then((code) => process.exit(code));
