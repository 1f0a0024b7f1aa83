import { table } from '../../../common/table.ts';
import { DUMP_COST } from '../cluster/words.zh.ts';
import { formatBytes, formatDuration } from '../core/wording.ts';
import type * as english from './clusterWords.en.ts';

const CERTAINTIES = table<string>({ proved: '已证实', suspected: '疑似', unknown: '未知' });

export const CLUSTER: typeof english.CLUSTER = {
  notNamed: (url, known) =>
    `不允许访问 ${url}${known.length === 0 ? '' : `；允许的是 ${known.join('、')}`}。请使用者以 "logjam mcp --cluster" 加上它的地址启动。`,
  oneUrl: (command) => `${command} 需要恰好一个集群地址，例如 http://localhost:8081`,
  onlyUrl: '集群的地址要单独给出：旁边的文件用另一个命令读取',
  address: {
    'no-url': '这不是集群的地址；例如 http://localhost:8081',
    'no-http': '集群的地址以 http:// 或 https:// 开头',
    credentials: '拒绝含有密码的地址，因为别人能看到；请用 LOGJAM_USER 和 LOGJAM_PASSWORD，或 --access',
  },
  accessUnread: (file, why) => `--access ${file}：${why}`,
  onlyForUrl: (option) => `--${option} 用于集群的地址`,
  commandFailed: (why) => `headersCommand：${why}`,
  logs: (value) => `--logs 应为 none、usual、all 或 MB 数，而不是 "${value}"`,
  noDumps: '--interval、--taskmanager 和 --lite 是关于转储的：取多少份由 --dumps 给出',
  occupied: (folder) => `${folder} 中有别的文件：请给出空的或不存在的文件夹`,
  finished: (folder) => `${folder} 中有已完成的快照：请给出另一个文件夹`,
  ofOther: (folder, cluster) => `${folder} 中是 ${cluster} 的快照`,
  goesOn: (folder) => `继续 ${folder} 中的快照`,
  cost: DUMP_COST,
  old: (version, oldest) => `Flink ${version} 早于 ${oldest}，而从后者起才知道它的应答：缺少的内容可能在别的名字下`,
  noFlink: (url) => `${url} 有应答，但不是 Flink 集群`,
  at: (calls, path) => `${calls} 次调用：${path}`,
  missed: (path, why) => `${path}：${why}`,
  done: (place, facts) =>
    `${place}：${facts.version === null ? '一个集群' : `Flink ${facts.version}`}，${facts.files} 个文件，${formatBytes(facts.bytes)}，用时 ${formatDuration(facts.ms)}${
      facts.missed === 0 ? '' : `；${facts.missed} 次调用没有应答`
    }${facts.redacted === 0 ? '' : `；去除了 ${facts.redacted} 处机密`}`,
  notKept: '这份报告背后的文件没有保留；"logjam collect URL --out FOLDER" 会保留它们',
  verdict: (certainty, sentence) => `（${CERTAINTIES[certainty] ?? certainty}）${sentence}`,
  unreachable: (why) => `没有应答：${why}`,
};
