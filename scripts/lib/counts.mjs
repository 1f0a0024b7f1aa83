// Every suite leaves how many tests passed and failed in the file named by LOGJAM_COUNTS; scripts/test.mjs adds them up.
import { writeFileSync } from 'node:fs';

/** @typedef {{passed: number, failed: number, skipped: number}} Counts */

/** @param {Counts} counts */
export function reportCounts(counts) {
  const file = process.env['LOGJAM_COUNTS'];
  if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
}
