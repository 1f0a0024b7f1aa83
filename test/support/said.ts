// Prints what is said of every fixture in the language of this process, as JSON: a list of {name, said, of}, `of` being what
// it is said of.

import { DEFAULT_SETTINGS } from '../../common/settings.ts';
import type { Analysis } from '../../server/src/core/kinds/index.ts';
import { analyse, report, verdict } from '../../server/src/core/kinds/index.ts';
import { headline } from '../../server/src/core/rules/saying.ts';
import { LineIndex } from '../../server/src/core/text.ts';
import { featuresOf } from '../../server/src/features/index.ts';
import { fixtures } from '../fuzz/inputs.ts';

/** Of one fixture. `messages`: one line each for a list of problems; `texts`: all else. */
export interface Said {
  name: string;
  messages: string[];
  texts: string[];
  /** The page of the file, as Markdown. */
  report: string;
  /** Over its words, and over its lines as lenses; each once. */
  hovers: string[];
}

/** What is said over the words of a text, so many of them at most, spread over all of it. */
const MOST = 100;
async function hoversOf(analysis: Analysis, text: string): Promise<string[]> {
  const features = await featuresOf(analysis.kind);
  const document = { uri: 'file:///file', text, index: new LineIndex(text), analysis, settings: DEFAULT_SETTINGS };
  const step = Math.max(1, Math.floor(text.length / MOST));
  const places = Array.from({ length: Math.min(MOST, text.length) }, (_, index) => index * step);
  const hovers = places.flatMap((offset) => features.hover?.(document, offset)?.markdown ?? []);
  const lenses = (features.lenses?.(document) ?? []).map(({ title }) => title);
  return [...new Set([...hovers, ...lenses])];
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
      hovers: await hoversOf(analysis, text),
    });
  }
  await new Promise<void>((resolve) => process.stdout.write(JSON.stringify(all), () => resolve()));
}

void print();
