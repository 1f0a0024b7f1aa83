import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compareVersions } from '../server/src/core/flinkVersion.ts';
import KNOWN from '../server/src/core/knowledge/releases.json' with { type: 'json' };
import { at } from './lib/paths.mjs';
import { maven } from './lib/process.mjs';

/**
 * `npm run releases` writes the table of all releases of Flink from the registry, which Maven asks in its usual way. What
 * the table has and the registry's list lacks stays: some releases were published under the names of Scala versions only.
 */
function published(): string[] {
  const repository = mkdtempSync(path.join(tmpdir(), 'releases-'));
  try {
    maven(
      [`-Dmaven.repo.local=${repository}`, 'dependency:get', '-Dartifact=org.apache.flink:flink-core:LATEST:pom', '-Dtransitive=false'],
      repository,
      'inherit',
    );
    const folder = path.join(repository, 'org/apache/flink/flink-core');
    const metadata = readdirSync(folder).find((name) => /^maven-metadata.*\.xml$/.test(name));
    if (metadata === undefined) throw new Error('Maven has kept no list of versions');
    return [...readFileSync(path.join(folder, metadata), 'utf8').matchAll(/<version>(\d+\.\d+\.\d+)<\/version>/g)].map(
      ([, version]) => version as string,
    );
  } finally {
    rmSync(repository, { recursive: true, force: true });
  }
}

const releases = [...new Set([...KNOWN.releases, ...published()])].filter((one) => compareVersions(one, '1.0.0') >= 0).sort(compareVersions);
const file = at('server/src/core/knowledge/releases.json');
writeFileSync(file, `${JSON.stringify({ asked: new Date().toISOString().slice(0, 10), releases }, null, 2)}\n`);
const added = releases.filter((one) => !KNOWN.releases.includes(one));
console.log(added.length === 0 ? `no new release; the newest is ${releases.at(-1)}` : `new: ${added.join(', ')}`);
