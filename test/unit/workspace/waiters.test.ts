import assert from 'node:assert/strict';
import { Cancelled } from '../../../server/src/core/checkpoint.ts';
import { Cache } from '../../../server/src/workspace/cache.ts';
import { PATIENT, type Waiter, type Work } from '../../../server/src/workspace/waiters.ts';

/** A waiter that goes when it is told to. */
function impatient(): Waiter & { go(): void } {
  const listeners = new Set<() => void>();
  let gone = false;
  return {
    get isCancellationRequested() {
      return gone;
    },
    onCancellationRequested: (listener) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
    go: () => {
      gone = true;
      for (const listener of listeners) listener();
    },
  };
}

/** Work that goes on until it is told to end, and looks whether anybody wants it. */
function slow(): { runs: Work[]; run(work: Work): Promise<string>; finish(): void; look(): void } {
  const runs: Work[] = [];
  const ends: { resolve(value: string): void; reject(error: Error): void }[] = [];
  return {
    runs,
    run: (work) => {
      runs.push(work);
      return new Promise((resolve, reject) => ends.push({ resolve, reject }));
    },
    finish: () => ends.at(-1)?.resolve('done'),
    look: () => {
      for (const [at, work] of runs.entries()) if (work.unwanted) ends[at]?.reject(new Cancelled());
    },
  };
}

describe('waiting for one piece of work', () => {
  it('who goes is told at once; the work goes on for the others', async () => {
    const cache = new Cache<string>();
    const work = slow();
    const [one, other] = [impatient(), impatient()];
    const first = cache.get('file', 'a', '1', one, work.run);
    const second = cache.get('file', 'a', '1', other, work.run);
    one.go();
    await assert.rejects(first, Cancelled);
    work.look();
    work.finish();
    assert.equal(await second, 'done');
    // What is done is done, whoever goes afterwards.
    other.go();
    cache.end('a');
    assert.equal(await cache.get('file', 'a', '1', PATIENT, work.run), 'done');
    assert.equal(work.runs.length, 1);
  });

  it('the work ends when the last one has gone, and is begun anew for whoever comes then', async () => {
    const cache = new Cache<string>();
    const work = slow();
    const [one, other] = [impatient(), impatient()];
    const answers = [cache.get('file', 'a', '1', one, work.run), cache.get('file', 'a', '1', other, work.run)];
    one.go();
    other.go();
    assert.equal(work.runs[0]?.unwanted, true);
    // The work has not looked yet: it may stop at any moment, so that nobody joins it.
    const late = cache.get('file', 'a', '1', PATIENT, work.run);
    work.look();
    work.finish();
    for (const answer of answers) await assert.rejects(answer, Cancelled);
    assert.equal(await late, 'done');
    assert.equal(work.runs.length, 2);
  });

  it('a newer state ends the work on an older one', async () => {
    const cache = new Cache<string>();
    const work = slow();
    const old = cache.get('open', 'a', '1', PATIENT, work.run);
    const next = cache.get('open', 'a', '2', PATIENT, work.run);
    work.look();
    await assert.rejects(old, Cancelled);
    work.finish();
    assert.equal(await next, 'done');
    assert.equal(await cache.get('open', 'a', '2', PATIENT, work.run), 'done');
    assert.equal(work.runs.length, 2);
  });

  it('an error is not kept', async () => {
    const cache = new Cache<string>();
    await assert.rejects(
      cache.get('file', 'a', '1', PATIENT, async () => {
        throw new Error('no');
      }),
    );
    assert.equal(await cache.get('file', 'a', '1', PATIENT, async () => 'yes'), 'yes');
  });
});
