// Every regular expression of the product, by parsing it, and those built at run time, by running it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { at } from '../../scripts/lib/paths.mjs';

/** Where input is read and shown; `scripts` and `test` see texts of ours alone. */
const FOLDERS = ['common', 'server/src', 'client/src', 'media'];

/** Where patterns are made of what stands in a file. */
const LEARNT = /\/(?:learnShape|learnPrefix|callGraph|guarded)\.ts:/;
const MAX_LEARNT = 5;

export interface Pattern {
  source: string;
  flags: string;
  /** `server/src/core/…/file.ts:12`, all that have this pattern. */
  sites: string[];
}

interface Site {
  source: string;
  flags: string;
  site: string;
}

/** What tells a pattern: the first 12 hexadecimal digits of a hash. */
export const idOf = ({ source, flags }: { source: string; flags: string }): string =>
  createHash('sha256').update(`/${source}/${flags}`).digest('hex').slice(0, 12);

/** Patterns that stand in the sources as literals, and the places where one is built. */
function written(): { literals: Site[]; built: string[] } {
  const literals: Site[] = [];
  const built: string[] = [];
  for (const folder of FOLDERS) {
    for (const name of readdirSync(at(folder), { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts')) continue;
      const file = path.posix.join(folder, name);
      const text = readFileSync(at(file), 'utf8');
      const { program, errors } = parseSync(file, text);
      if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
      const site = (offset: number) => `${file}:${text.slice(0, offset).split('\n').length}`;
      new Visitor({
        Literal(node) {
          if ('regex' in node) literals.push({ source: node.regex.pattern, flags: node.regex.flags, site: site(node.start) });
        },
        NewExpression(node) {
          if (node.callee.type === 'Identifier' && node.callee.name === 'RegExp') built.push(site(node.start));
        },
        CallExpression(node) {
          if (node.callee.type === 'Identifier' && node.callee.name === 'RegExp') built.push(site(node.start));
        },
      }).visit(program);
    }
  }
  return { literals, built };
}

/** Patterns with the places they come from, and the places that build patterns of which none was seen. */
export function collectPatterns(): { patterns: Pattern[]; unseen: string[] } {
  const { literals, built } = written();
  const output = execFileSync(process.execPath, ['--import', 'tsx', at('test/patterns/dynamic.ts')], { encoding: 'utf8', maxBuffer: 1 << 26 });
  const dynamic = JSON.parse(output) as Site[];
  const patterns = new Map<string, Pattern>();
  const samples = new Map<string, number>();
  for (const { source, flags, site } of [...literals, ...dynamic]) {
    // A pattern that is learnt from a file differs from file to file; a few show how it is built.
    const built = samples.get(site) ?? 0;
    if (LEARNT.test(site) && built >= MAX_LEARNT) continue;
    samples.set(site, built + 1);
    const known = patterns.get(idOf({ source, flags }));
    if (known === undefined) patterns.set(idOf({ source, flags }), { source, flags, sites: [site] });
    else if (!known.sites.includes(site)) known.sites.push(site);
  }
  const seen = new Set(dynamic.map(({ site }) => site));
  return { patterns: [...patterns.values()], unseen: built.filter((site) => !seen.has(site)) };
}
