import { atOnce } from '../unwrap/steps.ts';
import { openJava } from './open.ts';
import { javaScore } from './readable.ts';

export { usesFlink } from './uses.ts';

/** Nearly all of a text is Java, behind what packs it. */
const PACKED = 0.9;
/** A text goes on about it: a log, a dump or a plan in it goes first. */
const WITHIN = 0.45;
/** Lines around the source for each line of it. */
const FEW = 0.2;

const TIME = /\b\d\d:\d\d:\d\d\b/;

/** How much a sample looks like Java source: 0 not at all, 1 certain. */
export function detectJavaSource(sample: string): number {
  const { sources, packings, around } = atOnce(openJava(sample));
  if (packings === null) return javaScore(sample);
  const isAlone = packings.length > 0 && !packings.includes('fence') && !around.some((line) => TIME.test(line));
  const lines = sources.reduce((sum, { source }) => sum + source.text.split('\n').length, 0);
  return isAlone && around.length <= FEW * lines ? PACKED : WITHIN;
}
