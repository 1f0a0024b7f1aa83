// The table of incidents: what each recorded folder is said to be, against the cause that its recording.json states.
import { conclude } from '../../server/src/core/incident/conclude.ts';
import { causeOf, digestOfRecording, fits, recordings } from '../support/incidentFolder.ts';

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const folders = recordings().filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
  let right = 0;
  const sound = { healthy: 0, unknown: 0 };
  for (const folder of folders) {
    const { verdict } = conclude(await digestOfRecording(folder));
    const cause = causeOf(folder);
    const names = fits(cause, verdict);
    if (names) right++;
    if (cause === null && verdict.health !== 'failing') sound[verdict.health]++;
    const shown = cause === undefined ? '(none stated)' : (cause ?? '(nothing wrong)');
    console.log(
      `${names ? ' ' : '✗'} ${folder.padEnd(36)} ${shown.padEnd(23)} ${verdict.code.padEnd(23)} ${verdict.sentence} (${verdict.certainty})`,
    );
  }
  console.log(
    `${right} of ${folders.length} name the cause. Of those with nothing wrong ${sound.healthy} are called healthy, and of ${sound.unknown} what is here does not show it.`,
  );
  if (right < folders.length) process.exitCode = 1;
}

void main();
