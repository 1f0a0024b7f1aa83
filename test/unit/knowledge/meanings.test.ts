import assert from 'node:assert/strict';
import { KNOWN_CLASSES } from '../../../server/src/core/knowledge/meanings.ts';

describe('known classes', () => {
  for (const { pattern, samples, nearMisses } of KNOWN_CLASSES) {
    it(samples[0] as string, () => {
      for (const sample of samples) assert.equal(KNOWN_CLASSES.find((one) => one.pattern.test(sample))?.pattern, pattern);
      for (const miss of nearMisses) assert.ok(!pattern.test(miss), miss);
    });
  }
});
