import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadKept } from '../../../server/src/io/keptCode.ts';

interface Script {
  answer: number;
}

const LONG_AGO = 1_000_000_000;

describe('code that V8 has made of a script', () => {
  let folder: string;
  let script: string;
  const codes = () => readdirSync(folder).filter((name) => name.endsWith('.code'));
  /** Whether the code beside the script was written by this start. */
  const kept = (maker: string): boolean => {
    for (const name of codes()) utimesSync(path.join(folder, name), LONG_AGO, LONG_AGO);
    const before = codes().map((name) => readFileSync(path.join(folder, name)));
    const { exports, keep } = loadKept<Script>(script, 'test', maker);
    assert.equal(exports.answer, 42);
    keep();
    const after = codes().map((name) => readFileSync(path.join(folder, name)));
    return after.length > before.length || after.some((bytes, at) => !bytes.equals(before[at] as Buffer));
  };

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'logjam-code-'));
    script = path.join(folder, 'script.js');
    writeFileSync(script, 'exports.answer = 42;\n');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is kept once, and used from then on', () => {
    assert.equal(kept('v20.20.2'), true);
    assert.equal(kept('v20.20.2'), false);
    assert.equal(codes().length, 1);
  });

  it('is another one for each program that runs the script, even where V8 says that it is the same', () => {
    assert.equal(kept('v20.19.5'), true);
    assert.equal(kept('v20.20.2'), true);
    assert.equal(codes().length, 2);
    assert.equal(kept('v20.19.5'), false);
  });

  it('is made anew for a script that has changed, and where what stands there is not whole or is of another program', () => {
    assert.equal(kept('a'), true);
    appendFileSync(script, '\n');
    assert.equal(kept('a'), true);
    const [code = ''] = codes();
    const bytes = readFileSync(path.join(folder, code));
    writeFileSync(path.join(folder, code), bytes.subarray(0, 12));
    assert.equal(kept('a'), true);
    const larger = Buffer.from(bytes);
    larger.writeDoubleLE(1, 8);
    writeFileSync(path.join(folder, code), larger);
    assert.equal(kept('a'), true);
  });
});
