// Prints what is said of every fixture in the language of this process, as JSON: a list of {name, said, of}, `of` being what
// it is said of.
import { analyse, report, verdict } from '../../server/src/core/kinds/index.ts';
import { headline } from '../../server/src/core/rules/saying.ts';
import { fixtures } from '../fuzz/inputs.ts';

/** Of one fixture. `messages`: one line each for a list of problems; `texts`: all else. */
export interface Said {
  name: string;
  messages: string[];
  texts: string[];
  /** The page of the file, as Markdown. */
  report: string;
}

async function print(): Promise<void> {
  const all: Said[] = [];
  for (const { name, text } of fixtures()) {
    const analysis = await analyse({ uri: 'file:///file', text });
    const { findings, problems } = analysis;
    all.push({
      name,
      messages: [...findings.map(headline), ...problems.map(({ message }) => message), ...[verdict(analysis)?.text ?? []].flat()],
      texts: findings.flatMap(({ details, advice, evidence, missing }) => [details ?? [], advice ?? [], evidence ?? [], missing ?? []].flat()),
      report: report(analysis, name) ?? '',
    });
  }
  await new Promise<void>((resolve) => process.stdout.write(JSON.stringify(all), () => resolve()));
}

void print();
