// npm run scanner: compiles server/wasm/ into server/src/core/log/streaming/scannerCode.ts.
// With --check it writes nothing and fails when the two are out of step.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import asc from 'assemblyscript/asc';
import { at } from './lib/paths.mjs';
import { fail } from './lib/process.mjs';

const source = at('server/wasm/scanner.ts');
const target = at('server/src/core/log/streaming/scannerCode.ts');

/** @type {Uint8Array | undefined} */
let code;
const { error, stderr } = await asc.main(
  [path.basename(source), '-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--disableWarning', '-o', 'scanner.wasm'],
  {
    readFile: (name, base) => {
      const file = path.resolve(path.dirname(source), base, name);
      return path.dirname(file) === path.dirname(source) && existsSync(file) ? readFileSync(file, 'utf8') : null;
    },
    writeFile: (_name, contents) => {
      if (typeof contents !== 'string') code = contents;
    },
    listFiles: () => [],
  },
);
if (error !== null || code === undefined) fail(`server/wasm/ does not compile:\n${stderr.toString()}`);

const lines =
  Buffer.from(code)
    .toString('base64')
    .match(/.{1,140}/g) ?? [];
const text = `// Written by "npm run scanner" from server/wasm/.
/** The WebAssembly module of the scanner, in base64. */
export const SCANNER_CODE =
${lines.map((line) => `  '${line}'`).join(' +\n')};
`;
if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text)
    fail('server/src/core/log/streaming/scannerCode.ts is out of step with server/wasm/: run "npm run scanner"');
} else {
  writeFileSync(target, text);
  console.log(`wrote ${path.relative(at(), target)}: ${code.length} bytes`);
}
