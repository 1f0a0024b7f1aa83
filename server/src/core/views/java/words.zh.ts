import type { LockCallback } from '../../knowledge/lockCallbacks.ts';
import { bullets, markdownCode } from '../../wording.ts';
import type * as english from './words.en.ts';

const where = ({ name, line }: english.NamedFrame): string => `${markdownCode(name)}${line === null ? '' : `（第 ${line} 行）`}`;

function sketch(entry: LockCallback, same: boolean): string {
  const type = entry.receiverClass === null ? 'Object' : entry.receiverClass.slice(entry.receiverClass.lastIndexOf('.') + 1);
  const taken = same ? 'later = …;' : 'later = helper(…);   // 返回它，或 null';
  return `${type} later = null;
synchronized (lock) {
    …
    ${taken}
}
if (later != null) {
    later.${entry.method}(${entry.arguments.includes(0) ? '' : '…'});
}`;
}

export const JAVA_VIEW_WORDS: typeof english.JAVA_VIEW_WORDS = {
  suggestion: ({ entry, frame, holder, same, file, path }) => `# 把 ${file} 中的 ${entry.method} 移到锁外

${where(frame)} 在${same ? '自己' : ` ${where(holder)} `}持锁时调用了 \`${entry.method}()\`。${entry.danger}。

## 如何修改

1. 在 ${where(frame)} 中不要调用 \`${entry.method}()\`：把要调用的对象${same ? '保留在' : '返回给调用者，放在'}一个局部变量中${same ? '（在代码块之前声明）' : ''}；可能有多个时放在列表中。
2. 在 ${where(holder)} 中，锁释放之后，如果有对象可调用，再进行调用。

\`\`\`java
${sketch(entry, same)}
\`\`\`

${where(frame)} 的其他每个调用者也必须在自己的锁之后进行这个调用。

## Flink 历史上的例子

${bullets(entry.history)}

## 要自动修改

\`${path}\` 不在工作区中。把含有它的文件夹加入设置 \`logjam.sourceRoots\`，例如该类所属构件解压后的 \`sources\` jar。
`,
};
