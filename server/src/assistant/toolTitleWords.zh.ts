import type * as english from './toolTitleWords.en.ts';

export const TOOL_TITLES: typeof english.TOOL_TITLES = {
  logjam_open: { title: '打开事故', summary: '读取文件并说明哪里出了问题' },
  logjam_findings: { title: '列出发现', summary: '列出找到的内容' },
  logjam_explain: { title: '解释一个发现', summary: '解释一个发现或一个已知缺陷' },
  logjam_threads: { title: '查看线程', summary: '查看转储中的线程' },
  logjam_log: { title: '阅读日志', summary: '读取日志的若干行' },
  logjam_timeline: { title: '显示时间线', summary: '按顺序显示事件' },
  logjam_compare: { title: '比较', summary: '比较两份转储、两个计划或两次事故' },
  logjam_graph: { title: '以文本显示图', summary: '显示谁在等谁，或显示作业' },
  logjam_fix: { title: '提出补丁', summary: '为一个 Java 源文件生成补丁' },
};
