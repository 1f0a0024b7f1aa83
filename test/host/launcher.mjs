#!/usr/bin/env node
// Stands in for desktop VS Code where there is none: takes the switches that @vscode/test-electron passes to it and runs
// the suite in VS Code's own server with headless Chromium. Ends with 0 only when the suite and the extension host both
// ended well: the workbench alone reports success even when its extension host was killed.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cache } from '../../scripts/lib/paths.mjs';
import { openWorkbench } from '../../scripts/lib/workbench.mjs';

/** @param {string[]} argv */
function parse(argv) {
  /** @type {{development: string[], tests: string, target: string | undefined, userData: string | undefined, extensions: string | undefined}} */
  const result = { development: [], tests: '', target: undefined, userData: undefined, extensions: undefined };
  for (const arg of argv) {
    const [, name, value = ''] = /^--([^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
    if (name === undefined) result.target = arg;
    else if (name === 'extensionDevelopmentPath') result.development.push(value);
    else if (name === 'extensionTestsPath') result.tests = value.endsWith('.js') ? value : `${value}.js`;
    else if (name === 'user-data-dir') result.userData = value;
    else if (name === 'extensions-dir') result.extensions = value;
    else if (name === 'folder-uri' || name === 'file-uri') result.target = fileURLToPath(value);
  }
  return result;
}

const { development, tests, target, userData, extensions } = parse(process.argv.slice(2));
/** @type {Awaited<ReturnType<typeof openWorkbench>> | undefined} */
let window;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => void (window?.stop() ?? Promise.resolve()).then(() => process.exit(1)));
}
let code = 1;
try {
  window = await openWorkbench({
    development,
    tests,
    verbose: process.env['LOGJAM_VERBOSE'] !== undefined,
    timeout: Number(process.env['LOGJAM_HOST_TIMEOUT'] ?? 600_000),
    ...(target && { target }),
    ...(userData && { userData }),
    ...(extensions && { extensions }),
  });
  code = await window.exit;
  const death = window.hostDeath();
  if (death !== undefined) {
    console.error(death);
    code = code || 1;
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (window !== undefined) {
    await window.page.screenshot({ path: path.join(cache, 'screenshots', 'host-failed.png') }).catch(() => undefined);
    console.error(window.log().split('\n').slice(-20).join('\n'));
  }
}
await window?.stop();
process.exit(code);
