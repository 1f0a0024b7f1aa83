import type { MemoryBug, MemorySumFacts, MemoryVerdict, ShortageFacts } from '../../analysis/log/memory.ts';
import { FLINK_20663, MEMORY_POOLS, poolIn } from '../../knowledge/memoryErrors.ts';
import { formatBytes, grouped, say, type Words } from '../../wording.ts';

/** What is said of memory that ran out. */

const SHORTAGES: Words<ShortageFacts> = {
  exhausted: ({ pool }) => `${MEMORY_POOLS[pool].title} ${pool === 'threads' ? 'are' : 'is'} exhausted`,
  'array-too-large': () => 'An array larger than the JVM allows was asked for',
  'killed-without-reason': () => 'Container killed (exit code 137, SIGKILL); the text does not say why',
  'too-little-managed': ({ remaining }) =>
    remaining === 0
      ? 'Managed memory of the slot is fully reserved: 0 bytes were left'
      : `Managed memory of the slot does not suffice: ${formatBytes(remaining)} were left`,
};

/** What is certain, in one line. */
const shortageLine = ({ shortage }: MemoryVerdict): string => say(SHORTAGES, shortage);

/** What is certain, as a sentence. */
export const shortageText = (verdict: MemoryVerdict): string => `${shortageLine(verdict)}.`;

/** For a list of problems. */
export const memoryHeadline = (verdict: MemoryVerdict): string =>
  `${shortageLine(verdict)}${verdict.count > 1 ? `, ${grouped(verdict.count)} times` : ''}`;

const SUMS: Words<MemorySumFacts> = {
  buffers({ required, available, pageSize }) {
    const short = required - available;
    return `${required} buffers required - ${available} available = ${short} short (${formatBytes(short * pageSize)} with pages of ${formatBytes(pageSize)})`;
  },
  limit: ({ of, held, wanted, limit }) => `${formatBytes(held)} ${of} + ${formatBytes(wanted)} wanted > limit ${formatBytes(limit)}`,
  pages({ pages, pageSize, request }) {
    const size = pages * pageSize;
    const sum = `${pages} pages × ${formatBytes(pageSize)} = ${formatBytes(size)}`;
    if (request === null) return sum;
    if (request === size) return `${sum}; the ${request} bytes that could not be reserved are the same request`;
    return `${sum}; the reservation that failed was ${request} bytes, so pages are ${formatBytes(request / pages)} here or it is another request`;
  },
  request: ({ request }) => `${request} bytes = ${formatBytes(request)} wanted`,
};

/** The computation behind it, for example "512 pages × 32 KiB = 16 MiB"; null where no numbers are printed. */
export const sumText = ({ sum }: MemoryVerdict): string | null => (sum === null ? null : say(SUMS, sum));

const { affectedFrom, fixedIn, removedIn, residual } = FLINK_20663;

/** The check by version, in sentences. */
export function versionTexts({ bug }: MemoryVerdict): string[] {
  if (bug === null) return [];
  if (bug.applies === 'unknown')
    return [
      `The ${bug.key} pattern (managed memory given back only by a garbage collection); whether it applies depends on the Flink version, which the log does not tell: ${affectedFrom} up to but not including ${fixedIn} are affected.`,
    ];
  const texts: string[] = [];
  if (bug.applies === 'yes')
    texts.push(
      `The ${bug.key} pattern, and ${bug.version} is affected (fixed in ${fixedIn}): freed memory is given back only when a garbage collection runs, so a busy slot can run out while memory is free.`,
    );
  if (bug.applies === 'fixed') texts.push(`The ${bug.key} pattern, but ${bug.version} already contains its fix.`);
  if (bug.failsAtOnce)
    texts.push(
      `Since ${removedIn} a reservation fails at once and no collection is asked for, so the sentence about slow garbage collection does not apply.`,
    );
  return [...texts, ...javaTexts(bug)];
}

function javaTexts({ java }: MemoryBug): string[] {
  if (java === null) return [];
  return [
    java.old
      ? `The JVM is ${java.version}, older than 8u72, which cannot run pending cleaners (FLINK-18581): upgrade Java.`
      : `The JVM is ${java.version}, newer than 8u72: the advice in the message to upgrade Java does not apply.`,
  ];
}

/** What to do, by the version. */
function upgradeTexts({ bug }: MemoryVerdict): string[] {
  if (bug?.applies === 'yes')
    return [`Upgrade to ${residual.fixedIn} or newer. Until then never set -XX:+DisableExplicitGC: the back-off calls System.gc().`];
  if (bug?.applies !== 'fixed' || !bug.residual) return [];
  return [
    `${residual.fixedIn} or newer for ${residual.key}: in ${bug.version} the cleaner still refers to the memory manager, so a whole manager can stay uncollected.`,
  ];
}

/** What to do: by the version, and about the pool. */
export const memoryAdvice = (verdict: MemoryVerdict): string[] => [...upgradeTexts(verdict), poolIn(verdict.pool, verdict.owner).advice];

/** What is said of it behind a cause that names it: numbers, and the check by version. */
export const memoryBehindCause = (verdict: MemoryVerdict): string[] => [
  ...(verdict.shortage.code === 'exhausted' ? [] : [shortageText(verdict)]),
  ...memoryDetails(verdict),
];

/** What it may be instead. */
export function otherwiseTexts({ bug }: MemoryVerdict): string[] {
  if (bug?.applies !== 'fixed') return [];
  return [
    'A real shortage: several operators that use managed memory (hash join, hash aggregation, sort) are chained into the task or share its slot.',
    'The slot may still hold memory of an attempt that is being cancelled: compare "Freeing task resources" of the previous attempt with the time of the request, and look for "Not all slot memory is freed".',
  ];
}

/** What to look at next. */
export const checkTexts = (verdict: MemoryVerdict): string[] => [...upgradeTexts(verdict), ...otherwiseTexts(verdict)];

/** What the headline leaves out: the arithmetic, the check by version. */
export function memoryDetails(verdict: MemoryVerdict): string[] {
  const sum = sumText(verdict);
  const usual = verdict.shortage.code === 'killed-without-reason' ? ['Most often it used more memory than it may.'] : [];
  return [...usual, ...(sum === null ? [] : [`${sum}.`]), ...versionTexts(verdict)];
}

/** All that is said of it, in one text. */
export const memoryText = (verdict: MemoryVerdict): string => [shortageText(verdict), ...memoryDetails(verdict)].join(' ');
