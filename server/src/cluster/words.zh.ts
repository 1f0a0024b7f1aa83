import { table } from '../../../common/table.ts';
import { formatBytes, formatDuration, quoted } from '../core/wording.ts';
import type * as english from './words.en.ts';

const REASONS = table<string>({
  ECONNREFUSED: '连接被拒绝',
  ENOTFOUND: '没有这个主机',
  EAI_AGAIN: '现在无法解析它的名字',
  ECONNRESET: '连接被关闭',
  EPIPE: '连接被关闭',
  UND_ERR_SOCKET: '连接被关闭',
  ETIMEDOUT: '没有及时建立连接',
  UND_ERR_CONNECT_TIMEOUT: '没有及时建立连接',
  EHOSTUNREACH: '没有通往它的路',
  ENETUNREACH: '没有通往它的路',
  DEPTH_ZERO_SELF_SIGNED_CERT: '它是自签名的',
  SELF_SIGNED_CERT_IN_CHAIN: '不知道是谁签发的',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: '不知道是谁签发的',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: '不知道是谁签发的',
  CERT_HAS_EXPIRED: '它已过期',
  ERR_TLS_CERT_ALTNAME_INVALID: '它属于另一个主机',
});

const behind = (said: string): string => (said === '' ? '' : `：${said}`);

export const FAULTS: typeof english.FAULTS = {
  unreachable: ({ host, why }) => `${host} 没有应答（${REASONS[why] ?? why}）`,
  certificate: ({ host, why }) => `不信任 ${host} 的证书（${REASONS[why] ?? why}）；请给出签发它的 CA`,
  refused: ({ status, said }) => (status === 401 ? `凭据缺失或错误 (401)${behind(said)}` : `不允许访问 (403)${behind(said)}`),
  redirected: ({ host }) => `它指向 ${host}，那是另一个主机，不会得到凭据；它可能要求登录`,
  'redirects-forbidden': () => '它指向别处，而浏览器不说明是哪里',
  html: ({ status, title }) => `得到的是网页，而不是 Flink 的应答（${status}${title === '' ? '' : `，"${title}"`}）；前面可能有代理或登录`,
  'not-json': ({ said }) => `得到的不是 JSON${behind(said)}`,
  'no-profile': ({ said }) => `得到的不是剖析器的火焰图${behind(said)}`,
  cut: ({ bytes }) => `应答在 ${formatBytes(bytes)} 之后被截断`,
  'too-large': ({ limit }) => `应答大于 ${formatBytes(limit)}`,
  slow: ({ ms }) => `${formatDuration(ms)} 内什么都没有收到`,
  unending: ({ ms }) => `${formatDuration(ms)} 之后应答仍不完整`,
  status: ({ status, said }) => `服务器应答 ${status}${behind(said)}`,
  budget: ({ what }) => (what === 'bytes' ? '在它之前已达到快照的大小上限' : '在它之前已达到时间上限'),
  'large-log': ({ bytes }) => `它有 ${formatBytes(bytes)}；超过 50 MB 的日志只在要求时才获取`,
  parts: () => '保留了它的开头和结尾',
  history: () => 'History Server 有已结束的作业留下的内容，没有进程、日志、指标或线程转储',
  'newest-profiles': ({ kept }) => `只获取一个进程最新的 ${kept} 个剖析结果`,
  'no-lite': () => '只有 Flink 2.4 及以后才提供不带锁的线程转储 (mode=lite)',
  cancelled: () => '已取消',
};

export const MOMENTS: typeof english.MOMENTS = {
  'checkpoint-expired': ({ name, checkpoint, acknowledged, of }) =>
    `${quoted(name)} 的 Checkpoint ${checkpoint} 超时${acknowledged === null || of === null ? '' : `：${of} 个子任务中有 ${acknowledged} 个确认`}`,
  'job-restarted': ({ name }) => `${quoted(name)} 重启了`,
  'job-failed': ({ name }) => `${quoted(name)} 失败了`,
};

export const DUMP_COST =
  '取线程转储时，进程的所有线程都会停下。在 Flink 2.3 及以前，转储由应答心跳的线程完成：' +
  '线程有上万个时，用时会超过 heartbeat.timeout，健康的作业也会发生故障恢复 (FLINK-39984)。' +
  '只有几百个线程时，用时是毫秒级。';

export const PROFILE_COST =
  'async-profiler 在设定的时间内每个周期查看一次进程：通常会使它慢百分之几。' +
  '一个进程同时只有一个剖析器。结果留在进程所在机器的 rest.profiling.dir 中，' +
  '只要它还在最新的十个之内 (rest.profiling.history-size)。';

export const failed: typeof english.failed = (method, path, why) => `${method} ${path}：${why}`;
