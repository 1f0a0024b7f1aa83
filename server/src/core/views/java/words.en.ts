import type { LockCallback } from '../../knowledge/lockCallbacks.ts';
import { bullets, markdownCode } from '../../wording.ts';

/** A frame by class and method, with its line where it is known. */
export interface NamedFrame {
  name: string;
  line: number | null;
}

/** What is shown where the source of a deadlock is not at hand; a second language is a second table of this type. */
export interface JavaViewWords {
  /** `same`: the frame that took the lock makes the call itself; `path`: of the source file. */
  suggestion(facts: { entry: LockCallback; frame: NamedFrame; holder: NamedFrame; same: boolean; file: string; path: string }): string;
}

const where = ({ name, line }: NamedFrame): string => `${markdownCode(name)}${line === null ? '' : ` (line ${line})`}`;

function sketch(entry: LockCallback, same: boolean): string {
  const type = entry.receiverClass === null ? 'Object' : entry.receiverClass.slice(entry.receiverClass.lastIndexOf('.') + 1);
  const taken = same ? 'later = …;' : 'later = helper(…);   // returns it, or null';
  return `${type} later = null;
synchronized (lock) {
    …
    ${taken}
}
if (later != null) {
    later.${entry.method}(${entry.arguments.includes(0) ? '' : '…'});
}`;
}

export const JAVA_VIEW_WORDS: JavaViewWords = {
  suggestion: ({ entry, frame, holder, same, file, path }) => `# Move ${entry.method} outside the lock in ${file}

${where(frame)} calls \`${entry.method}()\` while ${same ? 'it' : where(holder)} holds the lock: it ${entry.danger}.

## The change

1. In ${where(frame)}, do not call \`${entry.method}()\`: ${same ? 'keep' : 'return to the caller'} what it is called on, in a local variable${same ? ' declared before the block' : ''}, or in a list when there may be several.
2. In ${where(holder)}, make the call after the lock is released, when there is something to call it on.

\`\`\`java
${sketch(entry, same)}
\`\`\`

Every other caller of ${where(frame)} must make the call as well, after its own lock.

## In Flink's history

${bullets(entry.history)}

## To have it edited

\`${path}\` is not in the workspace. Add the folder that holds it to the setting \`logjam.sourceRoots\`, for example the unpacked \`sources\` jar of the artifact the class is from.
`,
};
