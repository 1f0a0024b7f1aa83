import { table } from '../../../../common/table.ts';
import { oneLine } from '../text.ts';
import { shorten } from '../wording.ts';
import type { CauseFacts, EndCode, EvidenceFacts, LossReason } from './rules/rule.ts';
import { processName, sentence } from './sentence.ts';

const LOST: Readonly<Record<LossReason, string>> = {
  told: '日志报告了它的结束',
  stopped: '它的所有线程都停着，但不是为了垃圾回收',
  'ended-silently': '它自己的日志中断：它被杀死或自行退出',
  'fell-silent': '它自己的日志中断：它被杀死，或停顿了',
  'lived-on': '它自己的日志还在继续：是网络，或它的所有线程都停着',
  'log-missing': '这里没有它自己的日志',
};

const ENDED: Readonly<Record<EndCode, string>> = {
  memory: '超过内存上限而被杀死',
  evicted: '被驱逐',
  'not-admitted': '被节点拒绝',
  deadline: '运行时间超过 Pod 允许的时长',
  preempted: '被抢占',
  'disks-failed': '因节点的磁盘而结束',
  'node-lost': '随节点一起消失',
  untracked: '对 Kubernetes 来说已不在',
  unused: '被归还',
  sidecar: '随另一个容器结束',
  'not-started': '无法启动',
  'fatal-handler': '在致命错误之后结束',
  aborted: '崩溃',
  crashed: '崩溃',
  terminated: '被要求结束',
  'start-failed': '没有启动',
  exited: '结束',
  finished: '正常结束',
  deleted: '被删除',
  unsaid: '结束',
};

/** Details of the English original, as they stand there. */
const DETAILS = table<string>({ 'a taint of its node': '节点的污点' });
const detailText = (detail: string): string => DETAILS[detail] ?? detail.replace(/^exit code (\d+)$/, '退出码 $1');

const withDetail = (detail: string | null): string => (detail === null ? '' : `（${shorten(oneLine(detailText(detail)), 24)}）`);

export function lostVerdict({ process, reason, detail, ended, replacement }: CauseFacts['taskmanager-lost']): string {
  if (ended !== null && replacement !== null) {
    const none = replacement.kind === 'node' ? `没有节点容得下替代它的 Pod${withDetail(replacement.why)}` : '没有槽位来替代它';
    return sentence([processName(process)], (one) => `TaskManager ${one} ${ENDED[ended]}${withDetail(detail)}；${none}。`);
  }
  if (ended !== null) return sentence([processName(process)], (one) => `失去了 TaskManager ${one}：它${ENDED[ended]}${withDetail(detail)}。`);
  return sentence(
    [process],
    (one) => `失去了 TaskManager ${one}；${reason === 'told' && detail !== null ? `它的容器结束了：${detail}` : LOST[reason]}。`,
  );
}

export const lostAdvice = ({ ended, replacement }: CauseFacts['taskmanager-lost']): string =>
  replacement !== null
    ? replacement.kind === 'node'
      ? '给等待中的 Pod 腾出位置：更多节点、更小的请求、PriorityClass；再查清是谁结束了第一个。'
      : '查看为什么没有新的 TaskManager（kubectl get pods、配额、资源管理器的请求），再查清是谁结束了第一个。'
    : ended === 'terminated'
      ? '查清是谁发送了信号：扩缩容、节点升级、Operator (kubectl get events)。'
      : ended === 'memory'
        ? '提高内存上限，或在上限之内给 Flink 少一些（taskmanager.memory.process.size）、给堆以外多一些（jvm-overhead）。'
        : ended === null
          ? '向机器或容器运行时询问进程为何结束 (kubectl describe pod, dmesg)。'
          : '查看当时的节点和 Pod 的事件 (kubectl describe node, kubectl get events)。';

export const endedText = ({ process, ended, detail }: EvidenceFacts['ended']): string =>
  `${process === '' ? '一个 TaskManager' : processName(process)} ${ENDED[ended]}${detail === null ? '' : `：${shorten(oneLine(detailText(detail)), 200)}`}`;

export const noNodeText = ({ pod, message }: EvidenceFacts['no-node']): string => `没有节点容得下 Pod ${pod}：${shorten(oneLine(message), 200)}`;
