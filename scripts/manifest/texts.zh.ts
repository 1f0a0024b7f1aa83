import type { Texts } from './texts.en.ts';

/** The same in Chinese; the terms are those of the glossary at the head of server/src/core/rules/words.zh.ts. */
export const TEXTS: Texts = {
  displayName: 'Logjam for Apache Flink',
  description: '打开线程转储、Flink 日志、GC 日志和作业图，指出卡在哪里、为什么、是不是你所用版本的已知缺陷，以及要改什么。',

  'language.threadDump': 'Java 线程转储',
  'language.flinkLog': 'Flink 日志',
  'language.gcLog': 'JVM GC 日志',
  'token.library': 'JDK 或库的代码',
  'token.application': '应用或 Flink 的代码',
  'token.deadlock': '死锁的成员',
  'editor.largeFile': 'Logjam：大文件',
  'view.clusters': 'Flink 集群',

  'welcome.connect':
    '用 Web UI 的地址连接一个运行中的 Flink 集群：它的作业、日志和线程转储会像文件一样打开。你不打开的内容不会去请求，也没有任何内容离开你的机器。',
  'welcome.addCluster': '添加集群…',
  'welcome.collected': '或者打开别人已经收集好的内容。',
  'welcome.openIncident': '打开快照或事故…',
  'welcome.openRecorded': '打开一次录制的事故',

  'walkthrough.title': '找出卡在哪里',
  'walkthrough.description': '在编辑器中阅读 Apache Flink 的线程转储、日志、GC 日志和作业图。',
  'walkthrough.sample.title': '打开示例：哪里出了问题？',
  'walkthrough.sample.description': 'Logjam 自带四次录制的事故。每个示例都在最上面说明哪里出了问题。',
  'walkthrough.sample.deadlock': '两个互相等待的线程',
  'walkthrough.sample.outOfMemory': '一个用满的堆',
  'walkthrough.sample.backPressure': '一个被 Sink 拖住的作业',
  'walkthrough.sample.iteration': '一个可能停住的环',
  'walkthrough.sample.picture': '一份线程转储，结论在第一行之上',
  'walkthrough.open.title': '打开事故留下的内容',
  'walkthrough.open.description':
    '线程转储（来自 jstack、jcmd 或 Flink 的 Web UI）、JobManager 或 TaskManager 的日志、GC 日志，或作业图。文件名无关紧要：Logjam 看的是内容。',
  'walkthrough.open.link': '打开文件',
  'walkthrough.open.picture': '一份线程转储，其中死锁的线程被着色',
  'walkthrough.problems.title': '阅读发现',
  'walkthrough.problems.description': '出了什么问题写在“问题”视图中，并带有证明它的每一处位置。只是疑似的会写明，并列出证据。',
  'walkthrough.problems.link': '显示问题',
  'walkthrough.problems.picture': '“问题”视图中的一个死锁，以及证明它的各行',
  'walkthrough.graph.title': '看谁在等谁',
  'walkthrough.graph.description': '编辑器标题栏中的按钮把线程和锁显示为图。单击一个节点，会显示它在文本中的那一行。',
  'walkthrough.graph.link': '显示锁等待图',
  'walkthrough.graph.picture': '转储旁边的一个死锁的锁等待图',
  'walkthrough.large.title': '任意大小的文件',
  'walkthrough.large.description': '超过 50 MB、VS Code 不交给扩展的文件，直接从磁盘读取。',
  'walkthrough.large.link': '分析文件',
};
