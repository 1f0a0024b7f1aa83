// The report of one dump of every recording, as golden text.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { at } from '../../../scripts/lib/paths.mjs';
import { analyse, report } from '../../../server/src/core/kinds/index.ts';
import { golden } from '../../support/golden.ts';

const ROOT = at('test/fixtures/flink/');
/** One dump a recording: the one that shows most. */
const BEST = [
  'jstack-l.txt',
  'taskmanager-jstack-l.txt',
  'taskmanager-jstack-2.txt',
  'taskmanager-thread-dump.json',
  'threadinfo.txt',
  'jobmanager-jstack-l.txt',
];

describe('reports on dumps of recorded Flink', () => {
  for (const version of readdirSync(ROOT)) {
    for (const scenario of readdirSync(path.join(ROOT, version))) {
      const name = BEST.find((one) => existsSync(path.join(ROOT, version, scenario, one)));
      if (name === undefined) continue;
      it(`${version} ${scenario}`, async () => {
        const text = readFileSync(path.join(ROOT, version, scenario, name), 'utf8');
        const analysis = await analyse({ uri: `file:///${name}`, text });
        golden(`reports/flink-${version}-${scenario}.md`, report(analysis, name) ?? '');
      });
    }
  }
});
