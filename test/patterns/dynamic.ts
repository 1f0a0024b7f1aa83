// A process of its own (see collect.ts): says which patterns the product builds while it is loaded and while it reads
// fixtures. RegExp is watched before any module of ours is there.
/** Larger fixtures build no other patterns, and take their time. */
const LARGEST = 12_000;

const found = new Map<string, { source: string; flags: string; site: string }>();
const Original = globalThis.RegExp;

/** The line of ours that asked for a pattern, `server/src/core/…:12`; undefined for those of libraries. */
function siteOf(stack: string): string | undefined {
  const line = stack.split('\n').find((one) => one.includes('/') && !one.includes('/test/patterns/'));
  return line && /\/((?:common|server\/src|client\/src|media)\/[\w./-]+\.ts:\d+)/.exec(line)?.[1];
}

function note(made: RegExp): RegExp {
  const site = siteOf(new Error().stack ?? '');
  if (site !== undefined) found.set(`${site} ${made.flags} ${made.source}`, { source: made.source, flags: made.flags, site });
  return made;
}

globalThis.RegExp = new Proxy(Original, {
  construct: (target, [pattern, flags]: [string, string | undefined]) => note(new target(pattern, flags)),
});

async function main(): Promise<void> {
  const { fixtures } = await import('../fuzz/inputs.ts');
  const { examine } = await import('../fuzz/examine.ts');
  await import('../../server/src/core/upgrade/index.ts');
  for (const { text } of fixtures(LARGEST)) await examine(text);
  globalThis.RegExp = Original;
  process.stdout.write(JSON.stringify([...found.values()]));
}

void main();

// Without an import it would be a script.
export {};
