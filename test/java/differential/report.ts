/** What `npm run fuzz -- --java` does and prints. */
import { compare, hasJdk } from './differential.ts';

const MAX_SHOWN = 5;

export interface Wanted {
  programs: number;
  seed: number;
  /** Number of the first program. */
  from: number;
}

/** @returns exit code: 0 no difference, 1 some, 2 no JDK */
export async function report({ programs, seed, from }: Wanted): Promise<number> {
  if (!hasJdk()) {
    console.error('There is no javac on the path.');
    return 2;
  }
  const result = await compare(from, programs, seed, (sofar) => {
    console.log(`${sofar.programs} programs, ${sofar.edited} edited, ${sofar.runs} runs, ${sofar.differences.length} differences`);
  });
  for (const { number, what, before, after } of result.differences.slice(0, MAX_SHOWN)) {
    const members = (text: string): string => text.slice(text.indexOf('    }\n') + 6);
    console.error(`\nProgram ${number} (seed ${seed}): ${what}\n${members(before)}\n---- after\n${members(after)}`);
  }
  return result.differences.length === 0 ? 0 : 1;
}
