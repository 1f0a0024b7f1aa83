import { table } from '../../common/table.ts';
import { kindName } from '../../common/viewWords.zh.ts';
import { count } from '../shared/dom.ts';
import type * as english from './words.en.ts';

export const INCIDENT: typeof english.INCIDENT = {
  page: '事故',
  copyTicket: '复制到工单',
  copyTicketTitle: '结论、证据和怎么办，为 Markdown',
  noVerdict: '没有结论',
  vertices: '顶点',
  graph: '作业图',
  coverage: '读了什么，缺少什么',
  processes: (number) => `${count(number)} 个进程`,
  findings: (number) => `按原因归并的全部发现 (${number})`,
  soFar: (over, done, of) => `${over ? '已取消读取' : '目前已读'}：${count(of)} 个文件中的 ${count(done)} 个。其余文件可能改变这里的结论。`,
  since: (time) => `自 ${time} 起`,
  evidence: '证据',
  whatToDo: '怎么办',
  nextCommand: '下一条命令',
  copy: '复制',
  copyCommand: '复制命令',
  otherCluster: (name) => `另一个集群：${name}`,
  nothingInCommon: '另一个集群，与这一个没有任何共同之处：',
  seeAlone: (name) => `要单独查看，请打开 ${name} 的事故。`,
  axis: '时间轴',
  vertexHead: ['顶点', '繁忙', '反压', '最差的子任务', '它的线程', '它的最后一行日志', '它的 Checkpoint'],
  attempt: (subtask, attempt) => `${subtask}，执行尝试 ${attempt}`,
  processHead: ['进程', '角色', '时钟', '来源'],
  ahead: (ms, slackMs) => `快 ${count(ms)} ms${slackMs === null ? '' : ` ± ${count(slackMs)} ms`}`,
  notComparable: '无法比较',
  missing: '缺少',
  notJoined: '没有合并',
  notRead: '未读',
  why: '：',
  read: (sources) => `已读：${count(sources)} 个来源`,
  readHead: ['来源', '种类', '格式', '发现'],
  noFinding: '没有发现包含这些词。',
  notShown: (left) => `另有 ${count(left)} 个没有显示。`,
  filter: '过滤发现',
  certain: (certainty) => ` ${certainty}：`,
};

export const VERDICT_CERTAINTY: typeof english.VERDICT_CERTAINTY = {
  proved: '由这些文件证实',
  suspected: '疑似，证据见下',
  unknown: '未知',
};

export const HEALTH: typeof english.HEALTH = { failing: '有故障', healthy: '正常', unknown: '未定' };

const SIDES = table<string>({ JM: 'JobManager', TM: 'TaskManager', client: '客户端' });
export const sideText: typeof english.sideText = (side) => (side === null ? '未知' : (SIDES[side] ?? side));

export const kindText: typeof english.kindText = (kind) => kindName(kind);

export const LANES: typeof english.LANES = {
  failure: '失败',
  consequence: '后果',
  heartbeat: '心跳丢失',
  restart: '重启',
  state: '作业',
  checkpoint: 'Checkpoint',
  pause: '停顿',
  dump: '线程转储',
};

export const AXIS_TEXTS: typeof english.AXIS_TEXTS = {
  title: '所有来源的时间轴',
  lane: (kind, process) => `${kind}：${process}`,
  of: (text, process) => `${text}（${process}）`,
  empty: '这些文件中没有带时间的内容。',
  left: (entries) => `略去了另外 ${entries} 条。`,
};
