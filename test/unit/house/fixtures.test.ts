// Every fixture (also those that a fuzz run has saved) goes through the whole core without an exception. How long texts may
// take is for npm run fuzz and npm run bench to say.
import { examine } from '../../fuzz/examine.ts';
import { fixtures } from '../../fuzz/inputs.ts';

describe('every fixture', () => {
  for (const { name, text } of fixtures(20_000_000)) {
    it(name, async () => void (await examine(text)));
  }
});
