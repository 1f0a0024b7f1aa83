// Every fixture (also those that a fuzz run has saved) goes through the whole core without an exception. How long texts may
// take is for npm run fuzz and npm run bench to say.
import { readdirSync, readFileSync } from 'node:fs';
import { at } from '../../../scripts/lib/paths.mjs';
import { examineArchive } from '../../fuzz/archives.ts';
import { examine } from '../../fuzz/examine.ts';
import { fixtures } from '../../fuzz/inputs.ts';

describe('every fixture', () => {
  for (const { name, text } of fixtures(20_000_000)) {
    it(name, async () => void (await examine(text)));
  }
  const folder = at('test/fixtures/fuzz');
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.zip'))) {
    it(`fuzz/${name}`, () => examineArchive(readFileSync(`${folder}/${name}`)));
  }
});
