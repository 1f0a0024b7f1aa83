/** The command line of the lab; see README.md beside this file. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { FLEET_VERSIONS, fleet } from './fleet.ts';
import { VERSIONS as DEADLOCK_VERSIONS, recordFlink22946, tryDeadlock } from './flink22946.ts';
import { run } from './lib/processes.ts';
import { LAB, MissingTool, toolchain } from './lib/toolchain.ts';
import { LIVE_VERSIONS, VERSIONS } from './lib/versions.ts';
import { live } from './live.ts';
import { recordScenario, scenariosOf } from './record.ts';

const USAGE = `usage: npm run lab -- --version V [--scenario S] [--out FOLDER]
                                                     record (all scenarios of a version without --scenario),
                                                     into test/fixtures/flink or a folder of that shape
       npm run lab -- --scenario flink-22946 [--version V] [--tries N] [--patch PATH]
                                                     only run the deadlock program, record nothing;
                                                     PATH (a folder of classes or a jar) goes first on the class path
       npm run lab -- --live [--version V] [--out FOLDER]
                                                     asks running clusters by "logjam collect", "report" and "watch";
                                                     FOLDER gets the documents of each version
       npm run lab -- --fleet [--version V]          digests recordings by the job of fleet/flink
       npm run lab -- --list                         what can be recorded`;

const OPTIONS = {
  version: { type: 'string' },
  scenario: { type: 'string' },
  tries: { type: 'string' },
  patch: { type: 'string' },
  out: { type: 'string' },
  list: { type: 'boolean' },
  live: { type: 'boolean' },
  fleet: { type: 'boolean' },
} as const;

const parsed = (args: string[]) => parseArgs({ args, options: OPTIONS }).values;

/** @returns the exit code: 0 done, 1 failed, 2 bad usage, 3 Java or Maven is missing */
async function main(args: string[]): Promise<number> {
  let options: ReturnType<typeof parsed>;
  try {
    options = parsed(args);
  } catch (error) {
    console.error(`${messageOf(error)}\n${USAGE}`);
    return 2;
  }
  try {
    return await dispatch(options);
  } catch (error) {
    console.error(error instanceof MissingTool ? error.message : error);
    return error instanceof MissingTool ? 3 : 1;
  }
}

async function dispatch({ version, scenario, tries, patch, out, list, live: asksLive, fleet: digests }: ReturnType<typeof parsed>): Promise<number> {
  if (list) {
    for (const each of DEADLOCK_VERSIONS) console.log(`${each}\tflink-22946`);
    for (const each of Object.keys(VERSIONS)) for (const name of scenariosOf(each)) console.log(`${each}\t${name}`);
    return 0;
  }
  await toolchain();
  if (asksLive || digests) await run(process.execPath, [join(LAB, '..', '..', 'scripts', 'build.mjs')]);
  if (asksLive) {
    if (version !== undefined && !LIVE_VERSIONS.includes(version)) {
      console.error(USAGE);
      return 2;
    }
    await live(version === undefined ? LIVE_VERSIONS : [version], out && resolve(out));
    return 0;
  }
  if (digests) {
    if (version !== undefined && !FLEET_VERSIONS.includes(version)) {
      console.error(USAGE);
      return 2;
    }
    await fleet(version === undefined ? FLEET_VERSIONS : [version]);
    return 0;
  }
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
      await recordScenario(version, name, out && resolve(out, version, name));
      console.log(`${version} ${name}: recorded in ${Math.round((Date.now() - begun) / 1000)} s`);
    } catch (error) {
      failed++;
      console.error(`${version} ${name}: ${messageOf(error)}`);
    }
  }
  return failed ? 1 : 0;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
