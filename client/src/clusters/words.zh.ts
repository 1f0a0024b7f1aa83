import { table } from '../../../common/table.ts';
import type * as english from './words.en.ts';

export const PROFILE_MODES: typeof english.PROFILE_MODES = table<{ label: string; description: string }>({
  ITIMER: { label: '处理器时间 (ITIMER)', description: '线程运行时在做什么；不需要权限' },
  WALL: { label: '挂钟时间 (WALL)', description: '所有线程在做什么，包括等待的' },
  ALLOC: { label: '内存分配 (ALLOC)', description: '谁在分配，分配什么' },
  LOCK: { label: '锁 (LOCK)', description: '谁在等锁，等谁的锁' },
  CPU: { label: '由内核采集的处理器时间 (CPU)', description: '含本地和内核栈帧；需要 perf_events，容器常常禁止' },
});

const percent = (share: number): string => `${Math.round(share * 100)} %`;

function age(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  return seconds < 36 * 3600 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`;
}

const megabytes = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

const CERTAINTIES = table<string>({ proved: '已证实', suspected: '疑似', unknown: '未知' });

export const TREE: typeof english.TREE = {
  open: '打开',
  showMore: '显示更多',
  history: 'History Server 有已结束的作业留下的内容：没有进程、日志、指标或线程转储',
  version: (version, jobs, history) => `${history ? 'History Server，' : ''}${version === null ? '版本未知' : `Flink ${version}`}，${jobs} 个作业`,
  tooOld: (version) => `Flink ${version} 早于 1.13，而从后者起才知道它的应答`,
  noAnswer: '没有应答',
  notAsked: '尚未查询',
  watched: '观察中',
  job: (state, duration) => `${state}${duration === null ? '' : `，已有 ${age(duration)}`}`,
  restarts: (count) => `重启 ${count} 次`,
  load: (busy, pressed) =>
    [busy === null ? null : `繁忙 ${percent(busy)}`, pressed === null || pressed < 0.01 ? null : `反压 ${percent(pressed)}`]
      .filter((part) => part !== null)
      .join('，'),
  skew: '它的其余子任务都闲着',
  slots: (used, all) => `${all} 个 Slot 用了 ${used} 个`,
  heard: (ms) => `最后一次消息在 ${age(ms)} 之前`,
  log: (bytes) => megabytes(bytes),
  more: (count) => `还有 ${count} 个没有显示`,
  noLogs: '没有日志文件：它们可能输出到容器的控制台 (kubectl logs --previous)',
  nextPage: (count) => `还有 ${count} 个：点击显示后面的，过滤会查找全部`,
  noJobs: '没有作业',
  noProfiler: '剖析器没有启用。Flink 1.19 及以后有它：在配置中设置 rest.profiling.enabled: true，然后重启 JobManager',
  noProfiles: '还没有剖析过：“启动剖析器…”在这个节点的菜单中',
  profileMode: (mode) => PROFILE_MODES[mode]?.label ?? mode,
  profileName: ({ mode, triggered }) => `${mode || '剖析结果'}${triggered === null ? '' : ` ${new Date(triggered).toLocaleTimeString()}`}`,
  profile: ({ status, duration, message }) => {
    const parts = [duration === null ? '' : `${duration} s`, status === 'FAILED' ? `失败：${message}` : status === 'RUNNING' ? '运行中' : ''];
    return parts.filter(Boolean).join('，');
  },
  labels: {
    jobManager: 'JobManager',
    taskManagers: 'TaskManager',
    exceptions: '异常',
    checkpoints: 'Checkpoint',
    checkpointConfig: 'Checkpoint 配置',
    plan: '计划',
    job: '作业文档',
    jobConfig: '配置',
    configuration: '配置',
    overview: '概览',
    dump: '线程转储',
    profiler: '剖析器',
    memory: '内存与 Slot',
    vertex: '子任务',
    backPressure: '反压',
    load: '负载',
    watermarks: 'Watermark',
    flameGraph: '火焰图',
  },
};

export const LIVE: typeof english.LIVE = {
  asOf: (time) => `集群在 ${time} 的情况；只要还看得到这里，就会再次查询。`,
  noAnswer: (since, why) => `${since === null ? '没有应答' : `自 ${since} 起没有应答，所画的是那时的情况`}：${why}`,
};

export const STATUS: typeof english.STATUS = {
  itemName: 'Logjam：集群',
  looking: (name) => `${name}：查看中…`,
  one: (name, sentence) => `${name}：${sentence}`,
  more: (count) => ` (+${count})`,
  noAnswer: '没有应答',
  noVerdict: '没有可以读取的内容',
  line: (name, certainty, sentence, time) => `${name}：${sentence}${certainty === null ? '' : `（${CERTAINTIES[certainty] ?? certainty}）`}，${time}`,
  lead: '点击转到第一个',
};

export const ASKS: typeof english.ASKS = {
  snapshotOf: (name) => `${name} 的快照`,
  takingDumps: '线程转储',
  url: 'REST API 的地址：即打开 Web UI 所用的地址',
  urlExample: 'http://localhost:8081',
  name: '叫什么名字？',
  addressFaults: {
    'no-url': '这不是地址；例如 http://localhost:8081',
    'no-http': '地址以 http:// 或 https:// 开头',
    credentials: '地址中不要写密码：接下来会询问它，并单独保存',
  },
  how: '它如何允许访问？',
  ways: {
    none: { label: '什么都不需要', description: 'Flink 自己不要求任何东西' },
    token: { label: '用 token', description: 'Authorization: Bearer …' },
    basic: { label: '用用户名和密码', description: 'Basic' },
    header: { label: '用其他请求头', description: '例如 cookie' },
    file: { label: '按文件所写…', description: '证书、打印请求头的命令：docs/live-clusters.md' },
  },
  token: 'token',
  user: '用户名',
  password: '密码',
  header: '请求头，例如 Cookie: session=…',
  headerWrong: '请求头的形式是 Name: value',
  fileWrong: (why) => `这个文件没有说明如何访问集群：${why}`,
  remove: (name) => `忘记 ${name} 及其凭据？`,
  removeButton: '忘记',
  chosen: '哪些进程？',
  dumps: '每个进程取几份转储，相隔多少秒？',
  once: { label: '一份转储', description: '每个线程现在在做什么' },
  thrice: { label: '三份转储，相隔 10 s', description: '什么没有动' },
  lite: { label: '一份不带锁的转储', description: '线程再多也很快；其中可能看不出死锁' },
  take: '取转储',
  profileWhat: '采样什么？',
  profileHowLong: '多久？',
  profileSeconds: (seconds) => (seconds < 120 ? `${seconds} s` : `${seconds / 60} min`),
  profile: (mode, seconds) => `${PROFILE_MODES[mode]?.label ?? mode}，${seconds} s`,
  profileStart: '启动剖析器',
  profiling: (process) => `${process} 的剖析器`,
  profileLeft: (seconds) => (seconds > 0 ? `还剩 ${seconds} s` : '等待结果'),
  profileFailed: (why, mode) => `剖析器失败：${why || '没有给出原因'}${mode === 'CPU' ? '。CPU 需要 perf_events；ITIMER 和 WALL 不需要权限' : ''}`,
  profileLate: '剖析器还没有完成；结果会在“剖析器”之下',
  filter: '显示哪些作业、顶点、TaskManager 和日志？名字或 id 的一部分；空：全部',
  filtered: (text) => `显示名字或 id 中有 "${text}" 的`,
  taking: (name, number, of) => `${name}，第 ${number} 个，共 ${of} 个`,
  snapshotWith: '快照中要有什么？',
  plain: { label: '文档和日志', description: '不会使任何东西停住' },
  withDumps: { label: '文档、日志，以及每个 TaskManager 的三份线程转储', description: '其间它们的线程都停着' },
  folder: '快照写到哪里？',
  snapshotHere: '把快照写到这里',
  taken: (files, missed) => `快照：${files} 个文件${missed === 0 ? '' : `，${missed} 次调用没有应答`}`,
  largeLog: (name, bytes) =>
    `${name} 有 ${megabytes(bytes)}。获取它会把整个文件从其进程经过 JobManager 传来；编辑器不显示这么大的文件。logjam collect --logs all 可以把它取到文件夹中。`,
  noDump: '这份转储没有保留。用“取线程转储…”取一份新的。',
  whichSubtask: '哪个子任务？',
  noSubtask: '这个顶点现在没有子任务在 TaskManager 上运行',
  noThread: (name) => `这份转储中没有 ${name} 的线程：它可能已结束，或名字被截断`,
  noLog: (taskManager) => `${taskManager} 没有日志文件：可能输出到容器的控制台 (kubectl logs)`,
  noCheckpoint: '这个作业还没有 Checkpoint',
  noLook: '这个结论背后的应答没有保留；状态栏会转到最近一次结论的应答',
  gone: '这个集群已被移除',
  watchBegins: (name) => `这个窗口打开时会观察 ${name}：每 10 s 几次调用，每 30 s 更多一些，不取线程转储。结论在状态栏中。`,
  offerSnapshot: '取快照',
  offerDumps: '带线程转储…',
  openSnapshot: '打开',
  wasTaken: (name, why) => `${name}：${why}。已取快照。`,
  notTaken: (name, why, fault) => `${name}：${why}。无法取快照：${fault}`,
  enough: (name, count) => `已自动取了 ${name} 的 ${count} 份快照；重新观察它之前不再自动取。`,
  goOn: (begun) => `这个集群有一份在 ${begun} 开始的快照没有完成。其中已有的日志和转储不会再次获取。`,
  goOnButton: '继续',
  anew: '重新开始',
  credentialsUnread: (why) => `无法读取它的凭据：${why}`,
  browser: '在浏览器中不能使用自己的证书，也不能使用打印请求头的程序；集群必须允许跨域访问 (CORS)',
};
