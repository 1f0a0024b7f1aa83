// npm run patterns: asks recheck about every pattern of the product anew (an hour) and keeps in proved.txt what is linear.
// With --new only about those that are not there (some seconds each); with --check as well, but writes nothing and fails
// when one is not linear. "npm test -- patterns" is that.
import { writeFileSync } from 'node:fs';
import { complaint, PROVED, proved } from './check.ts';
import { collectPatterns, idOf } from './collect.ts';
import { EXEMPT } from './exempt.ts';

async function main(): Promise<number> {
  const check = process.argv.includes('--check');
  const { patterns, unseen } = collectPatterns();
  const known = check || process.argv.includes('--new') ? proved() : new Set<string>();
  const ids = new Set(patterns.map(idOf));
  const safe = new Set([...known].filter((id) => ids.has(id)));
  let complaints = 0;
  for (const pattern of patterns) {
    const id = idOf(pattern);
    if (safe.has(id) || id in EXEMPT) continue;
    const said = await complaint(pattern);
    if (said !== null) {
      complaints++;
      console.log(`${pattern.sites.join(' ')} ${id}\n  /${pattern.source}/${pattern.flags}\n  ${said.slice(0, 300)}`);
      continue;
    }
    safe.add(id);
    if (!check) writeFileSync(PROVED, `${[...safe].sort().join('\n')}\n`);
  }
  if (!check) writeFileSync(PROVED, `${[...safe].sort().join('\n')}\n`);
  const stale = Object.keys(EXEMPT).filter((id) => !ids.has(id));
  if (stale.length > 0) console.log(`exempt, but no longer there: ${stale.join(' ')}`);
  console.log(`${patterns.length} patterns, ${safe.size} linear, ${Object.keys(EXEMPT).length} exempt, ${complaints} complaints`);
  console.log(`built, but not by the fixtures: ${unseen.join(' ') || 'none'}`);
  return complaints + stale.length === 0 ? 0 : 1;
}

void main().then((code) => process.exit(code));
