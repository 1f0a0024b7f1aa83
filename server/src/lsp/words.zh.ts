import type * as english from './words.en.ts';

export const WORDS: typeof english.WORDS = {
  moreFindings: (left) => `还有 ${left} 个发现没有在这里显示。报告和 "logjam check" 会全部列出。`,
  noName: '（没有名字）',
  moreItems: (count) => `… 还有 ${count} 个`,
  rotated: (count) => `$(files) 旁边有 ${count} 个轮转的文件：一起读取`,
  incident: (files) => `$(repo-forked) 打开事故：这个文件夹的 ${files} 个文件`,
  incidentOf: '对这个文件夹中的一切给出一个结论：日志、线程转储、GC 日志、作业图和 REST API 的应答',
  sourceMissing: (file) => `${file} 不在工作区中。设置 logjam.sourceRoots 可以加入文件夹。`,
  fixAll: '应用 Logjam 的全部安全修复',
  cancelled: '请求已取消。',
};

export const REFUSED: typeof english.REFUSED = {
  notAnalysed: '文件无法分析；原因见 Logjam 的日志',
  unreadable: '文件无法读取',
  unknownKind: 'Logjam 不认识这个文件',
  notNamed: (path) => `没有人指定 ${path}，所以不读取它。`,
};

const price = (cost: string): string => (cost === '' ? '' : `代价：${cost}。`);

export const EDITS: typeof english.EDITS = {
  dumpChanged: '转储已改变：其中不再有这个死锁。',
  sourceMissing: (file) => `${file} 不在工作区中；改为显示需要如何修改。设置 logjam.sourceRoots 可以加入源代码文件夹。`,
  sourceUnknown: (file) => `${file} 不在工作区中：没有改动任何内容。`,
  notOffered: (file, why) => `没有为 ${file} 提供改动：${why}。`,
  upgrade: (issue) => `为 ${issue} 升级 Flink`,
  nothingToUpgrade(versions, problems) {
    const reason = versions.length > 0 ? `构建文件已经写明 Flink ${versions.join('、')}` : '工作区中没有写明 Flink 版本的构建文件';
    return [`没有可以升级的：${reason}。`, ...problems].join('');
  },
  set: (option, value) => `设置 ${option}: ${value}`,
  wasSet: (option, value, cost) => `已设置 ${option}: ${value}。${price(cost)}`,
  isSet: (option, value) => `${option} 已经是 ${value}。`,
  copied: (cost) => `工作区中没有 flink-conf.yaml 或 config.yaml：所需的行已复制。${price(cost)}`,
  notFound: (lines, cost) => `工作区中没有 flink-conf.yaml 或 config.yaml。所需的行：${lines}${price(cost)}`,
  notApplied: (why) => `没有应用改动${why === undefined ? '' : `：${why}`}。`,
};
