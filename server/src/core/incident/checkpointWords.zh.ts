import { table } from '../../../../common/table.ts';
import { WAITS_FOR } from '../rules/threaddump/words.zh.ts';
import { oneLine } from '../text.ts';
import { listInChinese } from '../wording.ts';
import { isCall } from './checkpointWords.en.ts';
import type { CauseFacts, CheckpointEnd, EvidenceFacts } from './rules/rule.ts';
import { method, sentence, sentenceOr, task } from './sentence.ts';

const WAITS = table<string>({ ...WAITS_FOR, socket: '应答', 'write-lock': '写锁' });

const DOES = table<string>({
  sleep: '休眠',
  other: '停着等待',
  network: '等待应答',
  'async-queue-full': '等待已满的异步 I/O',
  'async-queue-put-old': '等待已满的异步 I/O',
  'async-sink-wait': '等待 Sink 的请求',
  'kafka-poll': '等待 Kafka 的数据',
  'kafka-flush': '等待 Kafka 的确认',
  'kafka-buffer-full': '等待 Kafka 生产者的内存',
  'kafka-transaction': '等待 Kafka 事务',
  'sink-commit': '提交 Sink',
  jdbc: '等待数据库',
  http: '等待 HTTP 应答',
  'hdfs-write': '写 HDFS',
  s3: '等待 S3',
  'python-worker': '等待 Python 进程',
  'recovery-buffers': '恢复在途数据',
  'sync-snapshot': '执行 Checkpoint 的同步部分',
  'async-snapshot': '执行 Checkpoint 的异步部分',
  'channel-state-future': '等待通道状态',
  'rocksdb-restore': '恢复 RocksDB',
  'checkpoint-metadata': '处理 Checkpoint 的元数据',
  finishing: '等待最后一个 Checkpoint',
  'network-pool-starved': '等待网络缓冲',
  'shuffle-read-memory': '等待 Shuffle 读内存',
  'managed-memory-reserve': '等待托管内存',
  'managed-memory-allocate': '分配托管内存',
});

/** "等待门闩"。 */
export const doesText = (what: string): string => DOES[what] ?? `等待${WAITS[what] ?? ''}`;

const ENDS: Readonly<Record<CheckpointEnd, string>> = {
  expired: 'Checkpoint 超时',
  declined: 'Checkpoint 被拒绝',
  aborted: 'Checkpoint 被中止',
  open: '有一个 Checkpoint 没有完成',
};

const MAX_NAMED = 3;

function subtasksOf(name: string, subtasks: readonly number[], of: number | null): string {
  if (subtasks.length === 0 || (of === subtasks.length && of > 1)) return `${task(name)} `;
  return subtasks.length > MAX_NAMED
    ? `${task(name)} 的 ${subtasks.length} 个子任务`
    : `${task(name)} 的子任务 ${listInChinese(subtasks.map(String))} `;
}

export function checkpointVerdict(facts: CauseFacts['checkpoint-expired']): string {
  const { how, task: name, subtasks, of, what, at, upload, perhaps, pressed, phase } = facts;
  const end = ENDS[how];
  const names = [name ?? '', at === null ? '' : method(at)];
  const does = (place: string): string => `${place === '' ? '在' : `在 ${place} 中`}${doesText(what ?? '')}`;
  const told = (make: (one: string, place: string) => string): string =>
    sentenceOr(
      pressed === null ? names : [pressed, names[1] as string],
      (one, place) => make(one as string, place as string),
      (one) => make(one as string, ''),
    );
  if (upload) return told((_, place) => `${end}：${perhaps ? '可能是因为' : ''}一次上传${does(place)}。`);
  if (pressed !== null && what === null) return sentence([pressed], (one) => `${end}：它们的 Barrier 排在 ${task(one as string)} 之前，它太慢了。`);
  if (pressed !== null) return told((one, place) => `${end}：Barrier 排在 ${task(one)} 之前，它${does(place)}。`);
  if (name !== null && what !== null)
    return told((one, place) => `${end}：${perhaps ? `可能是因为 ${task(one)} ` : subtasksOf(one, subtasks, of)}${does(place)}。`);
  if (name !== null)
    return sentence(
      [name],
      (one) => `${end}：${subtasksOf(one as string, subtasks, of)}没有确认${phase === null ? '' : `（${PHASES[phase] ?? phase}）`}。`,
    );
  return '在所有子任务确认之前，Checkpoint 就超时了。';
}

export const PHASES = table<string>({
  alignment: '对齐',
  'start delay': '启动延迟',
  'synchronous part': '同步部分',
  'asynchronous part': '异步部分',
});

export const checkpointAdvice = ({ pressed, what, task: name }: CauseFacts['checkpoint-expired']): string => {
  if (pressed !== null) return '让慢的任务更快，或给它更多子任务；非对齐 Checkpoint 可以让 Barrier 越过缓冲。';
  if (what !== null && isCall(what)) return '给这个调用设置超时，或改为异步 (AsyncDataStream)，并查看对方；更长的 Checkpoint 超时只会掩盖问题。';
  if (what === 'sleep') return '不要在任务的线程中休眠：这期间它不处理 Barrier；定时器可以等待而不占用它。';
  if (what !== null) return '让该子任务不再被阻塞；更长的超时只会掩盖问题。';
  if (name !== null) return '在某个 Checkpoint 进行时，对运行该子任务的 TaskManager 做一份线程转储；更长的超时只会掩盖它在等什么。';
  return '看哪个子任务没有确认（Web UI 中失败的 Checkpoint 的详情），并对它的 TaskManager 做一份线程转储。';
};

const ENDED: Readonly<Record<CheckpointEnd, string>> = {
  expired: '超时',
  declined: '被拒绝',
  aborted: '被中止',
  open: '没有结束',
};

export const checkpointsEnded = ({ how, expired, completed }: EvidenceFacts['checkpoints']): string =>
  `${expired} 个 Checkpoint ${ENDED[how]}，${completed} 个完成`;

export const heldText = ({ thread, what, at, held, dumps }: EvidenceFacts['held']): string =>
  `"${oneLine(thread)}" ${at === null ? '在' : `在 ${at} 中`}${doesText(what)}${dumps > 1 ? `，见于 ${held === dumps ? '' : `${dumps} 份中的 `}${held} 份转储` : ''}`;

const ENUMERATOR: ReadonlySet<string> = new Set(['source-coordinator', 'source-enum-worker']);

const ofAll = (subtasks: number | null, parallelism: number | null): string =>
  subtasks === null || parallelism === null || parallelism < 2 ? '' : `（${parallelism} 个子任务中的 ${subtasks} 个）`;

interface Waiting {
  one: string;
  place: string;
  subtasks: number | null;
}

const OTHER: Partial<Record<CauseFacts['hidden-wait']['kind'], (facts: Waiting) => string>> = {
  pool: ({ place, subtasks }) => `${subtasks ?? 2} 个线程在 ${place} 中等待从一个池里取东西。`,
  connections: ({ place, subtasks }) => `连接池耗尽：${subtasks ?? 2} 个线程在 ${place} 中等待。`,
  callback: ({ one, place }) => `"${one}" 在回调中等待另一个结果，位于 ${place}。`,
  'own-pool': ({ one, place, subtasks }) =>
    subtasks === 1
      ? `"${one}" 是其线程池中唯一的线程，在 ${place} 中等待结果。`
      : `线程池 "${one}" 的全部 ${subtasks} 个线程都在 ${place} 中等待结果。`,
  starved: ({ one, place }) => `${task(one)} 等待线程池 "${place}"，而它在等待自己。`,
  call: ({ one, place }) => `${task(one)} 等待 ${place}，后者在等待网络。`,
  connection: ({ one, place }) => `连接池耗尽：${task(one)} 在 ${place} 中等待。`,
  upgrade: ({ one, place }) => `${task(one)} 等待自己的读锁：它在 ${place} 中请求写锁。`,
  'upgrade-perhaps': ({ one, place }) => `${task(one)} 在 ${place} 中等待写锁，而它自己可能持有读锁。`,
};

/** As the finding in the dump calls who waits. */
export function hiddenWaitVerdict({
  task: name,
  kind,
  role,
  endpoint,
  at,
  for: what,
  holds,
  subtasks,
  parallelism,
  decides,
}: CauseFacts['hidden-wait']): string {
  const who = (one: string): string => {
    if (ENUMERATOR.has(role)) return `${task(one)} 的枚举器`;
    if (role === 'async-checkpoint') return 'Checkpoint 的上传';
    return endpoint === null ? task(one) : `${endpoint} 的主线程`;
  };
  return sentence([name, method(decides ?? at)], (one, place) => {
    const other = OTHER[kind]?.({ one: one as string, place: place as string, subtasks });
    if (other !== undefined) return other;
    const rest = holds === null ? ofAll(subtasks, parallelism) : '，同时还持有一把锁';
    if (role === 'split-fetcher') return `${task(one as string)} 卡在 fetch 中，在 ${place} 中等待${WAITS[what] ?? ''}${rest}。`;
    return `${who(one as string)} 在 ${place} 中${doesText(what)}${rest}。`;
  });
}
