import type { COMMANDS } from './commands.ts';
import type { SETTINGS } from './settings.ts';

/** Commands and settings in Chinese; in English each is told in its table. */

export const COMMAND_TITLES: Record<keyof typeof COMMANDS, string> = {
  'logjam.showLockGraph': '显示锁等待图',
  'logjam.showStacks': '显示线程栈',
  'logjam.showCallTree': '显示线程栈的调用树',
  'logjam.compareDumps': '比较线程转储',
  'logjam.showScopes': '显示作用域嵌套图',
  'logjam.showGcChart': '显示堆与停顿',
  'logjam.showJobGraph': '显示作业图',
  'logjam.simulate': '模拟流量控制',
  'logjam.comparePlans': '与另一个计划比较',
  'logjam.showTimeline': '显示时间线',
  'logjam.showCallGraph': '显示调用图',
  'logjam.showRelations': '显示关系',
  'logjam.whatIsWrong': '哪里出了问题？',
  'logjam.openReport': '打开报告',
  'logjam.filterLog': '筛选日志…',
  'logjam.analyseFile': '分析文件…',
  'logjam.analyseClipboard': '分析剪贴板',
  'logjam.openIncident': '打开事故…',
  'logjam.checkFolder': '检查文件夹…',
  'logjam.copyTicket': '复制到工单',
  'logjam.analyseTogether': '一起分析多个日志…',
  'logjam.openSample': '打开示例',
  'logjam.addCluster': '添加集群…',
  'logjam.filterClusters': '筛选集群…',
  'logjam.refreshClusters': '刷新集群',
  'logjam.watchCluster': '监视',
  'logjam.unwatchCluster': '停止监视',
  'logjam.showClusterVerdict': '显示哪里出了问题',
  'logjam.takeSnapshot': '取快照…',
  'logjam.takeDumps': '取线程转储…',
  'logjam.startProfiler': '启动 Profiler…',
  'logjam.showLiveJob': '显示作业图',
  'logjam.showLiveScopes': '显示作用域',
  'logjam.vertexThreads': '显示它的线程…',
  'logjam.vertexLog': '显示它的日志行…',
  'logjam.vertexCheckpoint': '显示它在最近一次 Checkpoint 中的部分',
  'logjam.copyNode': '复制',
  'logjam.copyNodeId': '复制 ID',
  'logjam.removeCluster': '移除集群…',
  'logjam.showMoreNodes': '显示更多',
  'logjam.openClusterDocument': '打开应答',
  'logjam.copyText': '复制说明',
  'logjam.reveal': '在文本中显示',
  'logjam.showGraphAt': '在图中显示',
  'logjam.showPlaces': '显示位置',
  'logjam.showContent': '显示文本',
  'logjam.cancelAnalysis': '取消分析',
  'logjam.restart': '重新启动分析',
};

type Table = typeof SETTINGS;

/** Of a setting what a person reads: all values that it allows are explained. */
type SettingTexts<S> = { description: string } & (S extends { values: infer V } ? { values: Record<keyof V, string> } : { values?: never });

export const SETTING_TEXTS: { [K in keyof Table]: SettingTexts<Table[K]> } = {
  'logjam.detect': {
    description: '按内容识别线程转储、Flink 日志和 GC 日志，并为纯文本文档设置相应的语言。',
  },
  'logjam.sourceRoots': {
    description: '存放转储或日志中栈帧对应 Java 源码的文件夹：完整路径、以 `~` 开头的路径，或工作区文件夹之下的路径。工作区的文件夹总会被搜索。',
  },
  'logjam.flinkVersion': {
    description: '文件所属的 Flink 版本，例如 `1.17.2`。留空：从 jar 标记、启动横幅或栈帧的行号得出。',
  },
  'logjam.log.patterns': {
    description: '自定义日志格式的 Log4j 或 Logback 模式串，例如 `%d{ISO8601} %-5p %c{1} - %m%n`。',
  },
  'logjam.longWaitThreads': {
    description: '一把锁至少挡住这么多线程时，作为警告报告。',
  },
  'logjam.analysis.timeLimit': {
    description: '分析一个文件可以用的秒数，按每 50 MB 计。超时的分析会被停止，并有一条问题说明；该文件在改变之前不再分析。',
  },
  'logjam.inlayHints': {
    description: '在锁的后面显示所有者的名字，在 ID 的后面显示顶点。',
  },
  'logjam.mcpServer': {
    description: '把给助手用的工具也作为 Model Context Protocol 的服务器提供。VS Code 自己的聊天不需要它就有这些工具；它是给自带聊天的扩展用的。',
  },
  'logjam.java.files': {
    description: '虽不使用 Flink 也要检查的 Java 文件：其路径的一部分，例如 `/my-connector/`。使用 Flink 的文件总会被检查。',
  },
  'logjam.java.callbacks': {
    description: '你们自己的会回调或会取锁的方法名，例如 `notifyListeners`：持有锁时调用它们也会被报告。',
  },
  'logjam.snapshot.redact': {
    description: '要从集群快照中处处去掉的文本，例如客户的名字。从名称或形式就能看出是机密的内容总会被去掉；命令行中的 `--redact` 作用相同。',
  },
  'logjam.watch.snapshot': {
    description: '被监视的集群有 Checkpoint 过期、作业重启或失败的那一刻做什么。',
    values: {
      offer: '弹出通知，提供取快照，以及连同线程转储的快照。',
      take: '取一份不带线程转储的快照，十分钟内最多一份，一个集群最多五份。',
      takeWithDumps: '连同相关 TaskManager 的三份线程转储。取转储会停住进程的所有线程；在 Flink 2.3 及之前，线程上万的转储会使健康的作业失败。',
    },
  },
  'logjam.watch.folder': {
    description: '自动所取快照的存放文件夹，写完整路径。留空：扩展自己的存储位置。',
  },
};
