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

export const TOOLBAR: typeof english.TOOLBAR = {
  search: '搜索',
  searchNodes: '搜索节点',
  shown: '显示什么',
  shownTitle: '从选中的节点看，显示什么',
  all: '全部',
  neighbours: '仅相邻节点',
  upstream: '仅上游',
  downstream: '仅下游',
  path: '两点之间的路径…',
  zoomTo100: '缩放到 100 %',
  closeGroups: '收起所有组',
  openGroups: '展开所有组',
  foldNames: '折叠名称开头相同的节点',
  list: '节点列表',
  details: '所选内容的详情',
  asTree: '同样的调用，显示为调用树',
  turn: '转动流向 (R)',
  fit: '适应窗口 (0)',
  more: '显示什么、如何显示',
};

export const DETAILS: typeof english.DETAILS = {
  inText: '在文本中显示其位置 (Enter)',
  threads: '线程…',
  threadsTitle: '对运行它的进程取线程转储',
  log: '日志行…',
  logTitle: '其进程的日志对它的记录',
  checkpoint: 'Checkpoint',
  checkpointTitle: '它在最近一次 Checkpoint 中的部分',
  select: '选中这个节点',
  edge: (kind) => `边 · ${kind}`,
  from: '起点',
  to: '终点',
  level: (number) => `第 ${number} 层`,
  inside: (nodes) => `其中有 ${count(nodes)} 个节点。`,
  close: '收起',
  closeTitle: '画成一个节点',
  only: '仅此',
  onlyTitle: '显示它和相邻节点',
  open: '展开',
  openTitle: '逐个画出',
  neighbours: '相邻节点',
  neighboursTitle: '只显示这个节点和相邻节点 (N)',
  upstream: '上游',
  upstreamTitle: '只显示通向这里的 (U)',
  downstream: '下游',
  downstreamTitle: '只显示从这里可到达的 (D)',
  path: '路径到…',
  pathTitle: '然后选中另一端 (P)',
  leadsTo: '通向',
  comesFrom: '来自',
  standsFor: (number) => `代表 ${count(number)} 个`,
  whatIf: '假设',
};

export const TRACE: typeof english.TRACE = {
  name: '过程',
  step: '过程的步骤',
  play: '播放过程',
  pause: '暂停',
  previous: '上一步 ([)',
  next: '下一步 (])',
  end: '结束过程',
  at: (step, of, title) => `第 ${step} 步，共 ${of} 步：${title}`,
};

export const PAGE: typeof english.PAGE = {
  drawing: '绘图',
  nodes: '图的节点',
  overview: '概览：点击或拖动以移动',
  none: '没有图',
  layingOut: (nodes) => `正在布局 ${count(nodes)} 个节点…`,
  noEngine: (status) => `无法加载布局引擎：${status}。`,
  noDrawing: '没有绘图',
  notDrawn: '无法绘图',
  listWorks: (why) => `${why}节点列表是完整的，照常可用。`,
  fold: (nodes) => `折叠到约 ${nodes} 个节点`,
  noPart: '没有这样的路径或部分。',
  empty: '文件中没有这个图所显示的内容。',
  drawn: (title, nodes, edges) => `${title}：画出 ${count(nodes)} 个节点，${count(edges)} 条边。`,
  noPlace: '它在文本中没有位置。',
  selectFirst: '请先选中一个节点。',
  otherEnd: '现在选中路径的另一端。',
  noDrawingYet: '还没有可保存的绘图。',
  hidden: (nodes, all) => `${count(all)} 个节点中有 ${count(nodes)} 个没有显示：选择“全部”可看到它们。`,
  folded: (nodes) => `${count(nodes)} 个节点折叠到了其他节点中：在叠起的卡片上按 Enter 可展开。`,
  more: (left) => `另有 ${count(left)} 个：可搜索到`,
};
