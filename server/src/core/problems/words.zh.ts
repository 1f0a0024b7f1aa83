import { formatDuration, listInChinese, quoted, say, shorten, type Words, zoneName } from '../wording.ts';
import type { ClockFaultFacts, PackedBound, PackedFaultFacts } from './facts.ts';
import type * as english from './words.en.ts';

const BOUNDS: Record<PackedBound, string> = { bytes: '归档展开后的大小', time: '展开所用的时间' };

const PACKED_FAULTS: Words<PackedFaultFacts> = {
  'archives-too-deep': () => '略去，它是归档中的归档中的归档',
  'gzip-damaged': ({ why }) => `gzip 数据已损坏 (${why})；显示能读出的部分`,
  'cut-at-bound': ({ bound, mebibytes }) => `在 ${mebibytes} MiB 之后截断，达到了${BOUNDS[bound]}的上限`,
  'entry-encrypted': () => '略去，它是加密的',
  'method-unknown': ({ method }) => `略去，它以方法 ${method} 压缩；能读的是 stored 和 deflate`,
  'larger-than-told': () => '略去，它比归档所说的大',
  'entry-damaged': ({ why }) => `略去，它的数据已损坏 (${why})`,
  'files-past-bound': ({ bound, count }) => `略去其中 ${count} 个文件，它们超过了${BOUNDS[bound]}的上限`,
  'too-many-files': ({ count }) => `略去其中 ${count} 个文件，文件太多`,
  'zip-unreadable': ({ why }) => `没有读取 zip 文件：${why}`,
  'tar-damaged': ({ behind }) => `它在 ${behind} 之后中断或损坏；显示之前的部分`,
};

const FAULTS: Words<ClockFaultFacts> = {
  'log-without-dates': () => '日志没有日期',
  'gc-log-without-times': () => '它没有时间',
  'other-time': () => '它的时间不在日志的时间范围内',
  'other-time-in-any-zone': () => '无论时区如何，它的时间都不在日志的时间范围内',
  'uptimes-of-several-runs': () => '它只有运行时长，而且属于几个 JVM',
  'uptimes-without-start': () => '它只有运行时长，而日志不是从其进程的启动开始的',
  'uptimes-of-several-starts': ({ starts }) => `它只有运行时长，而日志中有 ${starts} 个进程启动`,
  'ambiguous-zone': ({ fromMinutes, toMinutes }) => `日志没有写明时区，从 ${zoneName(fromMinutes)} 到 ${zoneName(toMinutes)} 的差别都同样说得通`,
  'no-shared-failure': () => '日志没有写明时区，也没有两边都报告的失败可以看出',
};

export const faultText: typeof english.faultText = (fault) => say(FAULTS, fault);

const YAML = { 'too-large': '太大', 'too-deep': '嵌套太深', damaged: '已损坏' };

export const PROBLEMS: typeof english.PROBLEMS = {
  'empty-file': () => '文件是空的。',
  'empty-answer': ({ metrics }) => (metrics ? '空的指标列表：作业没有运行，或没有所查询的指标。' : '空的应答：其中没有列出任何内容。'),
  'unknown-kind': () => '没有识别为线程转储、Flink 日志、GC 日志、作业图、REST 文档或 Java 源代码。',
  packed: ({ file, fault }) => `${file}：${say(PACKED_FAULTS, fault)}。`,
  'file-unreadable': ({ file, why }) => `${file}：无法读取${why === null ? '' : ` (${why})`}。`,
  'file-missing': ({ file, why }) => `${file}：${why}。`,
  'file-passed-by': ({ file, why }) => `${file}：略去，它是${why}。`,
  'analysis-stopped': ({ file, why }) => `${file}：${why}。`,
  'file-too-large': ({ file, megabytes }) => `${file}：略去，大于 ${megabytes} MB，而且不是这台机器磁盘上的普通 Flink 日志。`,
  'file-without-text': ({ file }) => `${file}：略去，它不是文本。`,
  'file-without-log': ({ file }) => `${file}：略去，它既不是 Flink 日志，也不是 GC 日志。`,
  'text-too-long': ({ file, megabytes }) => `${file}：略去，一次不读取超过 ${megabytes} MB 的文本。`,
  'files-beyond': ({ most }) => `只查看了前 ${most} 个文件。`,
  'more-files-left': ({ count }) => `略去了另外 ${count} 个文件。`,
  'no-log-in-set'({ looked, gcLogs, skipped, left }) {
    const gc = gcLogs === 0 ? '' : `有 ${gcLogs} 份 GC 日志：请单独打开这样的文件。`;
    const passed = skipped.length === 0 ? '' : `没有查看：${skipped.join('，')}。`;
    return [`这里没有 Flink 日志：查看了 ${looked} 个文件。${gc}${passed}`, ...left].join('');
  },
  'no-thread-dump': () => '这段文本中没有找到线程转储。',
  'thread-unreadable': () => '这看起来像线程的第一行，但无法读取；缺少这个线程。',
  'thread-without-header': () => '这里开始的线程缺少第一行：不知道它的名字。',
  'more-threads-unreadable': ({ count }) => `还有 ${count} 行是这样。`,
  'dump-breaks-off': () => '文本在转储的中间就结束了；缺少后面的部分。',
  'json-breaks-off': () => 'JSON 在中间就结束了；缺少后面的部分。',
  'no-job-graph': () => '这段文本中没有可以读取的作业图。',
  'job-without-graph': ({ title, failed }) =>
    `${title === null ? '这个作业' : `作业 ${quoted(title)} `}${failed ? '在有图之前就失败了' : '写下这些时还没有图'}：没有顶点可以显示。`,
  'no-rest-document': () => '这段文本中没有可以读取的 REST API 文档。',
  'yaml-unread': ({ why, megabytes }) => `没有读取 YAML：它${YAML[why]}${why === 'too-large' ? `（超过 ${megabytes} MB）` : ''}。`,
  'documents-left': ({ count }) => `还有 ${count} 个文档没有读取。`,
  'calls-left': ({ count }) => `剖析结果中样本很少的 ${count} 个调用计入调用它们的地方。`,
  'json-object-ends-as-list': () => '对象以 "]" 结束，而不是 "}"',
  'json-list-ends-as-object': () => '列表以 "}" 结束，而不是 "]"',
  'json-value-without-name': () => '没有名字的值',
  'json-colon-missing': ({ name }) => `"${name}" 之后缺少 ":"`,
  'json-string-not-closed': () => '字符串没有在所在的行结束',
  'json-ends-early': () => '文本在 JSON 的中间就结束了；之前的部分已读取',
  'nothing-of-flink': () => '这份日志中没有来自 Flink 的内容：显示它，但不据此得出任何结论。',
  'several-flink-versions': ({ versions }) => `文本中写着 Flink ${listInChinese(versions)}：在设置 logjam.flinkVersion 之前不按版本检查缺陷。`,
  'no-log': () => '没有识别出日志记录或堆栈。',
  'clock-steps-back': ({ ms }) => `时钟在这里往回跳了 ${formatDuration(ms)}；记录保持文本中的顺序。`,
  'more-clock-steps': ({ count }) => `时钟还有 ${count} 处往回跳。`,
  'trace-damaged': ({ how }) => `堆栈已损坏：${how === 'joined-frames' ? '栈帧挤在一行上，或没有 "at"' : '有栈帧被省略 ("...")'}；没有补全。`,
  'records-cut': ({ file, count, mebibytes }) => `${file === null ? '' : `${file}：`}${count} 条记录长于 ${mebibytes} MiB，只读到那里。`,
  'file-breaks-off': ({ file, why }) => `${file}：没有能读到结尾 (${why})。`,
  'file-without-dates': ({ file }) => `${file}：略去，它的时间没有日期，无法排序。`,
  'java-unread': ({ line, why, most }) => `从第 ${line} 行起没有查看：无法当作 Java 读取${why === 'nested' ? `，嵌套超过 ${most} 层` : ''}。`,
  'pattern-unreadable': ({ pattern }) => `logjam.log.patterns 的模式需要级别或日期，以及消息 (%m)："${shorten(pattern, 20)}"`,
  'gc-not-joined': ({ file, fault }) => `${file}：没有合并其中的垃圾回收，${faultText(fault)}。`,
  'rest-not-joined': ({ files, fault }) => `${listInChinese(files)}：略去 REST API 报告的失败，${faultText(fault)}。`,
  'no-collection': () => '这里没有记录垃圾回收：文件只有 JVM 的其他行，或已损坏。',
  'events-not-listed': ({ listed, left }) => `统计了全部垃圾回收，但只列出值得注意或最长的 ${listed} 次；另外 ${left} 次没有列出。`,
};
