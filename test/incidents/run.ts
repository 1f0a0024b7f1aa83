// The table of incidents: what each recorded folder is said to be, against the cause that its recording.json states.
import path from 'node:path';
import { conclude } from '../../server/src/core/incident/conclude.ts';
import { causeOf, digestOfFolder, fits, RECORDINGS, recordings } from '../support/incidentFolder.ts';

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const folders = recordings().filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
  let right = 0;
  for (const folder of folders) {
    const { verdict } = conclude(await digestOfFolder(path.join(RECORDINGS, folder)));
    const cause = causeOf(folder);
    const names = fits(cause, verdict);
    if (names) right++;
    const shown = cause === undefined ? '(none stated)' : (cause ?? '(nothing wrong)');
    console.log(
      `${names ? ' ' : '✗'} ${folder.padEnd(36)} ${shown.padEnd(23)} ${verdict.code.padEnd(23)} ${verdict.sentence} (${verdict.certainty})`,
    );
  }
  console.log(`${right} of ${folders.length} name the cause.`);
  if (right < folders.length) process.exitCode = 1;
}

void main();
