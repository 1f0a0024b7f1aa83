// Every fixture (also those that a fuzz run has saved) goes through the whole core without an exception and in time.
import assert from 'node:assert/strict';
import { examine } from '../../fuzz/examine.ts';
import { fixtures } from '../../fuzz/inputs.ts';

describe('every fixture', () => {
  for (const { name, text } of fixtures(20_000_000)) {
    it(name, async () => {
      const start = process.cpuUsage();
      await examine(text);
      const { user, system } = process.cpuUsage(start);
      assert.ok((user + system) / 1000 < 2000 + text.length / 1000, `${name} took ${(user + system) / 1000} ms`);
    });
  }
});
