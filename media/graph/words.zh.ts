import { badgesOf } from '../../common/drawing/card.ts';
import { count } from '../shared/dom.ts';
import type * as english from './words.en.ts';
import { linksOf } from './words.en.ts';

export { linksOf };

export const KINDS: typeof english.KINDS = {
  thread: '线程',
  'virtual-thread': '虚拟线程',
  monitor: '监视器锁',
  synchronizer: '可拥有的同步器',
  'class-init': '类初始化',
  aggregate: '折叠的节点',
  vertex: '作业顶点',
  operator: '算子',
  source: 'Source',
  sink: 'Sink',
  'loop-head': '迭代头',
  'loop-tail': '迭代尾',
  method: '方法',
  component: '组件',
  exception: '异常',
};

export const GROUP_KINDS: typeof english.GROUP_KINDS = {
  scope: '作用域',
  chain: '算子链',
  dump: '转储',
  pool: '线程池',
  task: '任务',
};

export const EDGES: typeof english.EDGES = {
  'waits-for': { out: '等待', in: '等待它的' },
  'held-by': { out: '持有者', in: '持有' },
  'waits-in': { out: '等待于', in: '在此等待的' },
  forward: { out: '发送到', in: '接收自' },
  feedback: { out: '反馈到', in: '反馈来自' },
  chained: { out: '链接到', in: '链接在其后' },
  calls: { out: '调用', in: '调用它的' },
  causes: { out: '引起', in: '起因' },
  'talks-to': { out: '通信对象', in: '与它通信的' },
};

const SPOKEN_EDGES = 6;

export const speakNode: typeof english.speakNode = (node, graph, links, names) => {
  const parts = [`${KINDS[node.kind]} ${node.label}`];
  for (const badge of badgesOf(node, graph.view)) parts.push(badge.text);
  for (const meter of node.meters ?? []) parts.push(`${meter.label} ${meter.text}`);
  const edges = [
    ...(links?.out ?? []).map((edge) => `${EDGES[edge.kind].out} ${names.get(edge.to) ?? edge.to}`),
    ...(links?.in ?? []).map((edge) => `${EDGES[edge.kind].in} ${names.get(edge.from) ?? edge.from}`),
  ];
  parts.push(...edges.slice(0, SPOKEN_EDGES));
  if (edges.length > SPOKEN_EDGES) parts.push(`还有 ${count(edges.length - SPOKEN_EDGES)} 条边`);
  if (edges.length === 0) parts.push('没有边');
  return parts.join('，');
};

export const speakGroup: typeof english.speakGroup = (group, inside) => {
  const level = group.level === undefined ? '' : `，第 ${group.level} 层`;
  return `${GROUP_KINDS[group.kind]} ${group.label}${level}，其中 ${count(inside)} 个`;
};
