// mocha's dot or spec output, and how many tests passed and failed into the file named by LOGJAM_COUNTS.
'use strict';
const { writeFileSync } = require('node:fs');
const Mocha = require('mocha');

const { Dot, Spec } = Mocha.reporters;
const Base = process.env['LOGJAM_REPORTER'] === 'spec' ? Spec : Dot;

module.exports = class Counting extends Base {
  constructor(runner, options) {
    super(runner, options);
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes = 0, failures = 0, pending = 0 } = this.stats ?? {};
      const file = process.env['LOGJAM_COUNTS'];
      if (file !== undefined) writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
    });
  }
};
