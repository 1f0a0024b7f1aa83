import type * as english from './words.en.ts';

export const UPGRADE_WORDS: typeof english.UPGRADE_WORDS = {
  raise: (of, from, to) => `${of}：${from} 改为 ${to}`,
  set: (key, value) => `把 ${key} 设为 ${value}`,
};

export const UPGRADE_PROBLEMS: typeof english.UPGRADE_PROBLEMS = {
  'no-release-with-fix': ({ of, version }) => `${of} 是 ${version}：在它之后没有已知包含该修复的发行版。`,
  'version-range': ({ of, range }) => `${of} 使用版本范围 ${range}，保持不变。`,
  'property-of-parent': ({ property }) => `属性 ${property} 不在这个文件中定义，而在父工程中。`,
};

export const REFUSALS: typeof english.REFUSALS = {
  'invalid-yaml': ({ error, line }) => `文件不是有效的 YAML：第 ${line} 行：${error}`,
  'yaml-unread': () => '文件比 Flink 的配置文件更大或嵌套更深。',
  'no-mapping': () => '文件不是选项的映射。',
  'no-value': ({ option }) => `${option} 没有可以改动的值。`,
  'no-plain-value': ({ option }) => `${option} 不是简单的值。`,
  'in-braces': ({ option }) => `${option} 周围的选项写在大括号中。`,
  'no-place': ({ option }) => `没有找到放置 ${option} 的位置。`,
};
