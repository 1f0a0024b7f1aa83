import type { MemoryBug, MemorySumFacts, MemoryVerdict, ShortageFacts } from '../../analysis/log/memory.ts';
import { FLINK_20663, MEMORY_POOLS, poolIn } from '../../knowledge/memoryErrors.ts';
import { formatBytes, grouped, say, sentences, type Words } from '../../wording.ts';
import type * as english from './memoryWords.en.ts';

const SHORTAGES: Words<ShortageFacts> = {
  exhausted: ({ pool }) => `${MEMORY_POOLS[pool].title}已耗尽`,
  'array-too-large': () => '请求的数组大于 JVM 允许的大小',
  'killed-without-reason': () => '容器被杀死（退出码 137，SIGKILL）；文本没有说明原因',
  'too-little-managed': ({ remaining }) =>
    remaining === 0 ? 'Slot 的托管内存已全部被预留：剩余 0 bytes' : `Slot 的托管内存不够：剩余 ${formatBytes(remaining)}`,
};

const shortageLine = ({ shortage }: MemoryVerdict): string => say(SHORTAGES, shortage);

export const shortageText: typeof english.shortageText = (verdict) => `${shortageLine(verdict)}。`;

export const memoryHeadline: typeof english.memoryHeadline = (verdict) =>
  `${shortageLine(verdict)}${verdict.count > 1 ? `（${grouped(verdict.count)} 次）` : ''}`;

const SUMS: Words<MemorySumFacts> = {
  buffers({ required, available, pageSize }) {
    const short = required - available;
    return `需要 ${required} 个缓冲 - 可用 ${available} 个 = 缺 ${short} 个（${formatBytes(short * pageSize)}，每页 ${formatBytes(pageSize)}）`;
  },
  limit: ({ of, held, wanted, limit }) => `${of} ${formatBytes(held)} + 请求 ${formatBytes(wanted)} > 上限 ${formatBytes(limit)}`,
  pages({ pages, pageSize, request }) {
    const size = pages * pageSize;
    const sum = `${pages} 页 × ${formatBytes(pageSize)} = ${formatBytes(size)}`;
    if (request === null) return sum;
    if (request === size) return `${sum}；无法预留的 ${request} bytes 是同一个请求`;
    return `${sum}；失败的预留是 ${request} bytes，因此这里每页是 ${formatBytes(request / pages)}，或者那是另一个请求`;
  },
  request: ({ request }) => `请求了 ${request} bytes = ${formatBytes(request)}`,
};

export const sumText: typeof english.sumText = ({ sum }) => (sum === null ? null : say(SUMS, sum));

const { affectedFrom, fixedIn, removedIn, residual } = FLINK_20663;

export const versionTexts: typeof english.versionTexts = ({ bug }) => {
  if (bug === null) return [];
  if (bug.applies === 'unknown')
    return [
      `符合 ${bug.key} 的情形（托管内存要等垃圾回收才归还）；是否适用取决于 Flink 版本，而日志没有说明版本：受影响的是从 ${affectedFrom} 起、到 ${fixedIn}（不含）为止的版本。`,
    ];
  const texts: string[] = [];
  if (bug.applies === 'yes')
    texts.push(
      `符合 ${bug.key} 的情形，且 ${bug.version} 受影响（修复于 ${fixedIn}）：已释放的内存要等垃圾回收运行才归还，因此繁忙的 Slot 可能在内存空闲时耗尽。`,
    );
  if (bug.applies === 'fixed') texts.push(`符合 ${bug.key} 的情形，但 ${bug.version} 已包含其修复。`);
  if (bug.failsAtOnce) texts.push(`从 ${removedIn} 起，预留会立即失败而不再要求垃圾回收，因此消息中关于垃圾回收慢的那句话不适用。`);
  return [...texts, ...javaTexts(bug)];
};

function javaTexts({ java }: MemoryBug): string[] {
  if (java === null) return [];
  return [
    java.old
      ? `JVM 是 ${java.version}，早于 8u72，不能运行待执行的 cleaner (FLINK-18581)：请升级 Java。`
      : `JVM 是 ${java.version}，晚于 8u72：消息中升级 Java 的建议不适用。`,
  ];
}

function upgradeTexts({ bug }: MemoryVerdict): string[] {
  if (bug?.applies === 'yes')
    return [`升级到 ${residual.fixedIn} 或更新的版本。在那之前切勿设置 -XX:+DisableExplicitGC：退避重试会调用 System.gc()。`];
  if (bug?.applies !== 'fixed' || !bug.residual) return [];
  return [`针对 ${residual.key} 使用 ${residual.fixedIn} 或更新的版本：在 ${bug.version} 中 cleaner 仍引用内存管理器，整个管理器可能一直不被回收。`];
}

export const memoryAdvice: typeof english.memoryAdvice = (verdict) => [...upgradeTexts(verdict), poolIn(verdict.pool, verdict.owner).advice];

export const memoryBehindCause: typeof english.memoryBehindCause = (verdict) => [
  ...(verdict.shortage.code === 'exhausted' ? [] : [shortageText(verdict)]),
  ...memoryDetails(verdict),
];

export const otherwiseTexts: typeof english.otherwiseTexts = ({ bug }) => {
  if (bug?.applies !== 'fixed') return [];
  return [
    '真正的不足：几个使用托管内存的算子（hash join、hash aggregation、sort）链接在同一个任务中，或共用它的 Slot。',
    'Slot 可能还占着正在取消的那次执行尝试的内存：把上一次尝试的 "Freeing task resources" 与请求的时间比较，并查找 "Not all slot memory is freed"。',
  ];
};

export const checkTexts: typeof english.checkTexts = (verdict) => [...upgradeTexts(verdict), ...otherwiseTexts(verdict)];

export const memoryDetails: typeof english.memoryDetails = (verdict) => {
  const sum = sumText(verdict);
  const usual = verdict.shortage.code === 'killed-without-reason' ? ['最常见的是它用的内存超过了允许的量。'] : [];
  return [...usual, ...(sum === null ? [] : [`${sum}。`]), ...versionTexts(verdict)];
};

export const memoryText: typeof english.memoryText = (verdict) => sentences([shortageText(verdict), ...memoryDetails(verdict)]);
