import { formatDuration } from '../wording.ts';
import type * as english from './reportWords.en.ts';

const percent = (share: number): string => `${Math.round(share * 100)} %`;

export const REPORT: typeof english.REPORT = {
  certainty: ({ certainty, health }) =>
    certainty === 'unknown' ? (health === 'failing' ? '原因未知' : '未知') : certainty === 'proved' ? '已证实' : '疑似，证据见下',
  others: () => '这里还有别的集群，与这一个没有任何共同之处：',
  folder: (name) => `所有来源都在 ${name} 中。`,
  todo: '怎么办：',
  next: '下一步：',
  more: (count) => `… 还有 ${count} 个。`,
  axis: (count) => `时间轴：${count} 条`,
  axisHead: ['时间', '内容', '', '进程', '位置'],
  kinds: {
    failure: '失败',
    consequence: '后果',
    restart: '重启',
    checkpoint: 'Checkpoint',
    pause: '停顿',
    heartbeat: '失联的进程',
    dump: '转储',
    state: '状态',
  },
  vertices: '顶点',
  vertexHead: ['顶点', '并行度', '负载', '最差的子任务', '它的线程', '它的最后一行日志', 'Checkpoint 阶段'],
  busy: (share) => `繁忙 ${percent(share)}`,
  backPressured: (share) => `反压 ${percent(share)}`,
  coverage: '覆盖范围',
  missing: (what, decides) => `这里没有：${what}。它会显示${decides}。`,
  unresolved: (what, why) => `没有合并：${what}；${why}。`,
  nothingMissing: '这个结论所需的内容没有缺少。',
  read: (count) => `已读：${count} 个来源`,
  readHead: ['来源', '种类', '大小', '发现', '略去'],
  unread: (count) => `未读：${count} 个文件`,
  findings: (count) => `按原因归并的发现：${count}`,
  findingHead: ['严重程度', '确定程度', '发现', '位置', '代码'],
  places: (count) => ` 以及另外 ${count} 处`,
  processes: (count) => `进程：${count}`,
  processHead: ['进程', 'Id', '角色', '日志覆盖', '时钟', '来源'],
  jobHead: ['作业', '名称', '状态', '重启次数'],
  clock: ({ aheadMs, slackMs, applied }) =>
    `${aheadMs === 0 || aheadMs === null ? '一致' : `${aheadMs > 0 ? '快' : '慢'} ${formatDuration(aheadMs)}`}${slackMs === null ? '' : ` (± ${formatDuration(slackMs)})`}${applied ? '，已修正' : ''}`,
};
