/** The command line of the lab; see README.md beside this file. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { VERSIONS as DEADLOCK_VERSIONS, recordFlink22946, tryDeadlock } from './flink22946.mjs';
import { MissingTool, toolchain } from './lib/toolchain.mjs';
import { VERSIONS } from './lib/versions.mjs';
import { recordScenario, scenariosOf } from './session.mjs';

const USAGE = `usage: npm run lab -- --version V [--scenario S]     record (all scenarios of a version without --scenario)
       npm run lab -- --scenario flink-22946 [--version V] [--tries N] [--patch PATH]
                                                     only run the deadlock program, record nothing;
                                                     PATH (a folder of classes or a jar) goes first on the class path
       npm run lab -- --list                         what can be recorded`;

/** @returns {Promise<number>} the exit code: 0 done, 1 failed, 2 bad usage, 3 Java or Maven is missing */
async function main(args) {
  let options;
  try {
    options = parseArgs({
      args,
      options: {
        version: { type: 'string' },
        scenario: { type: 'string' },
        tries: { type: 'string' },
        patch: { type: 'string' },
        list: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    return 2;
  }
  try {
    return await dispatch(options);
  } catch (error) {
    console.error(error instanceof MissingTool ? error.message : error.stack);
    return error instanceof MissingTool ? 3 : 1;
  }
}

async function dispatch({ version, scenario, tries, patch, list }) {
  if (list) {
    for (const each of DEADLOCK_VERSIONS) console.log(`${each}\tflink-22946`);
    for (const each of Object.keys(VERSIONS)) for (const name of scenariosOf(each)) console.log(`${each}\t${name}`);
    return 0;
  }
  await toolchain();
  if (scenario === 'flink-22946') {
    if (tries || patch) {
      const result = await tryDeadlock(version ?? '1.13.1', Number(tries ?? 20), patch && resolve(patch));
      process.stdout.write(result.output);
    } else {
      await recordFlink22946(version ?? '1.13.1');
    }
    return 0;
  }
  if (!version || !VERSIONS[version] || (scenario && !scenariosOf(version).includes(scenario))) {
    console.error(USAGE);
    return 2;
  }
  let failed = 0;
  for (const name of scenario ? [scenario] : scenariosOf(version)) {
    const begun = Date.now();
    try {
      await recordScenario(version, name);
      console.log(`${version} ${name}: recorded in ${Math.round((Date.now() - begun) / 1000)} s`);
    } catch (error) {
      failed++;
      console.error(`${version} ${name}: ${error.message}`);
    }
  }
  return failed ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
