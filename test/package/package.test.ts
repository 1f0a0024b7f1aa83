// What is in the .vsix: everything that its pages link to, nothing that it does not need, and what it says of others.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { pack } from '../../scripts/lib/pack.mjs';
import { at } from '../../scripts/lib/paths.mjs';
import { isAllowed, lockedPackages } from '../../scripts/lib/thirdParty.mjs';
import { KNOWN_ISSUES } from '../../server/src/core/knowledge/issues/index.ts';

interface Bill {
  components: { name: string; version: string; licenses: { license?: { id: string }; expression?: string }[]; hashes: { content: string }[] }[];
}

describe('the package', () => {
  let files: Record<string, Uint8Array>;
  const text = (name: string) => strFromU8(files[`extension/${name}`] as Uint8Array);

  before(async function () {
    this.timeout(60_000);
    const folder = mkdtempSync(path.join(tmpdir(), 'logjam-package-'));
    const vsix = path.join(folder, 'logjam.vsix');
    await pack(vsix);
    files = unzipSync(readFileSync(vsix));
    rmSync(folder, { recursive: true });
  });

  it('has everything that its pages link to', () => {
    const pages = Object.keys(files).filter((name) => name.endsWith('.md'));
    assert.ok(pages.includes('extension/readme.md'));
    const missing = pages.flatMap((page) =>
      [...strFromU8(files[page] as Uint8Array).matchAll(/\]\(<?([^)>\s#]+)(?:#[^)>\s]*)?>?\)/g)]
        .map((match) => match[1] as string)
        .filter((link) => !/^[a-z]+:/i.test(link))
        .filter((link) => files[path.posix.join(path.posix.dirname(page), decodeURIComponent(link))] === undefined)
        .map((link) => `${page}: ${link}`),
    );
    assert.deepEqual(missing, []);
  });

  it('has what its manifest names', () => {
    const { main, browser, icon, contributes } = JSON.parse(text('package.json'));
    const named: string[] = [main, browser, icon, ...contributes.grammars.map((one: { path: string }) => one.path)];
    assert.deepEqual(
      named.filter((name) => files[path.posix.join('extension', name)] === undefined),
      [],
    );
  });

  it('has the texts of its manifest in each language', () => {
    const manifest = JSON.parse(text('package.json'));
    const asked = [...JSON.stringify(manifest).matchAll(/"%([^"%]+)%"/g)].map((match) => match[1] as string);
    assert.ok(asked.length > 80);
    for (const file of ['package.nls.json', 'package.nls.zh-cn.json']) {
      const texts = JSON.parse(text(file));
      assert.deepEqual(
        asked.filter((key) => typeof texts[key] !== 'string'),
        [],
        file,
      );
    }
    assert.match(strFromU8(files['extension.vsixmanifest'] as Uint8Array), /<DisplayName>Logjam for Apache Flink</);
  });

  it('has nothing that it does not need, and is small', () => {
    const wrong = Object.keys(files).filter((name) => /\.map$|(?<!\.d)\.ts$|node_modules|\/test\/|\.(?:vsix|code)$/.test(name));
    assert.deepEqual(wrong, []);
    const bytes = Object.values(files).reduce((sum, one) => sum + one.length, 0);
    assert.ok(bytes < 12_000_000, `${bytes} bytes`);
  });

  it('has the knowledge once in each bundle: the tables in Chinese take it from the one that loads them', () => {
    const sentences = KNOWN_ISSUES.map(({ cause }) => cause);
    const holds = (name: string) => sentences.filter((sentence) => text(`dist/server/${name}`).includes(sentence.slice(0, 40))).length;
    for (const name of ['threads.js', 'browser.js']) assert.equal(holds(name), sentences.length, name);
    assert.equal(holds('chinese.js'), 0);
  });

  it('names everything of others with its licence, and the lock file knows it', () => {
    const bill: Bill = JSON.parse(text('dist/sbom.cdx.json'));
    const notices = text('dist/third-party-notices.txt');
    const locked = new Set(
      Object.values(lockedPackages()).flatMap(({ integrity }) =>
        integrity === undefined ? [] : Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex'),
      ),
    );
    for (const { name, version, licenses, hashes } of bill.components) {
      const licence = licenses[0]?.expression ?? licenses[0]?.license?.id ?? '';
      assert.ok(isAllowed(licence, 'product'), `${name}: ${licence}`);
      assert.ok(notices.includes(`- ${name} ${version} (${licence})`), `${name} is in the notices`);
      assert.ok(locked.has(hashes[0]?.content ?? ''), `${name} has the checksum of the lock file`);
    }
    const { dependencies } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
    // Types only: nothing of it is bundled.
    const bundled = Object.keys(dependencies).filter((name) => name !== 'vscode-languageserver-types');
    assert.deepEqual(
      bundled.filter((name) => !bill.components.some((one) => one.name === name)),
      [],
    );
  });
});
