import type * as english from './words.en.ts';

const PARTS: Record<english.LoopPart, (name: string) => string> = {
  head: (name) => `环 ${name} 的迭代头`,
  tail: (name) => `环 ${name} 的迭代尾`,
  entry: (name) => `环 ${name} 的入口`,
  member: (name) => `在环 ${name} 中`,
};

export const JOB_FEATURE_WORDS: typeof english.JOB_FEATURE_WORDS = {
  hover: {
    meaning: (term, meaning) => `**${term}**：${meaning}。`,
    title: (name) => `**${name}**`,
    parallelism: (value, max) => `并行度 ${value}${max === null ? '' : `（最大 ${max}）`}`,
    degree: (inputs, outputs) => `${inputs} 个输入，${outputs} 个输出`,
    defaultScope: '默认作用域，第 0 层：不在环中',
    scope: (scope, level) => `作用域 ${scope}，第 ${level} 层`,
    loop: (role, name, level, interleaved) => `${PARTS[role](name)}，第 ${level} 层${interleaved ? '，与另一个环交错' : ''}`,
    pending: '待调度：尚未调度',
    changelog: (mode) => `发出的变更：${mode}`,
    operators: (list) => `链接的算子：\n${list}`,
    more: (count) => `还有 ${count} 个`,
    edge: (from, to) => `从 **${from}** 到 **${to}**`,
    detail: (name, value) => `${name}：${value}`,
    advice: (level, text) => `优化器的 **${level}**：${text}`,
  },
  lens: {
    graph: (vertices) => `$(type-hierarchy) ${vertices} 个顶点的作业图`,
    loops: (count, depth) => `$(sync) ${count} 个环，${depth} 层深`,
    vertex: (loop, inputs, outputs) => `${loop === null ? '第 0 层' : `环 ${loop.name} 中第 ${loop.level} 层`} · ${inputs} 入 · ${outputs} 出`,
    show: '在图中显示',
  },
  symbol: {
    untitled: '作业图',
    plan: (format, vertices, loops) => `${format}，${vertices} 个顶点${loops > 0 ? `，${loops} 个环` : ''}`,
    moreVertices: (count) => `还有 ${count} 个顶点`,
    loop: (name) => `环 ${name}`,
    loopDetail: (level, interleaved) => `第 ${level} 层${interleaved ? '，交错' : ''}`,
    parallelism: (value) => `×${value}`,
  },
};
