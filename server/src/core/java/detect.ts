const COMMENT = /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*/g;
const TYPE = /(?:^|[\s;}])(?:class|interface|enum|record|@interface)\s+[A-Z_$][\w$]*[\s\w$.,<>?&@()[\]]{0,2000}\{/;

const MAIN = /(?:^|\n)(?:public[ \t]+)?(?:static[ \t]+)?void[ \t]+main[ \t]*\([^(){};]{0,100}\)/;

/** Kotlin, Scala and Groovy begin as Java does. */
const OTHER =
  /(?<![^\n])[ \t]*(?:(?:private|public|internal|protected|override|final|open|abstract|suspend|inline|implicit|lazy)\s+)*(?:fun\s+[\w<`]|def\s+\w|val\s+\w+\s*[:=]|(?:case|data|sealed|open|companion)\s+(?:class|object)\b|object\s+\w+\s*(?:\{|extends)|trait\s+\w)/;

/** How much a sample looks like Java source: 0 not at all, 1 certain. */
export function detectJavaSource(sample: string): number {
  const code = sample.slice(0, 64 * 1024).replace(COMMENT, ' ');
  // A log or dump may quote code; source starts with it.
  if (OTHER.test(code)) return 0;
  if (!/^\s*(?:package\s|import\s|@|public\s|final\s|abstract\s|class\s|interface\s|enum\s|record\s|sealed\s)/.test(code)) return 0;
  const packaged = /(?:^|[\n)])[ \t]*package\s+[\w.]+\s*;/.test(code);
  const imports = /(?:^|[\n;])[ \t]*import\s+(?:static\s+)?[\w.]+\*?\s*;/.test(code);
  const type = TYPE.test(code);
  if (packaged && (type || imports)) return 0.95;
  if (imports && type) return 0.9;
  // A compact source file (Java 25) has no class around its methods.
  if (imports && MAIN.test(code)) return 0.8;
  return type && /[;{][ \t\r]*\n/.test(code) ? 0.6 : packaged ? 0.5 : 0;
}

const FLINK = 'org.apache.flink';
/** Longer lines are no imports; looking back further would make the cost grow with the square of a line. */
const LOOK_BACK = 300;

/** Whether Java source is of Flink or uses it: it stands in a package of Flink, imports it or names a class of it in full. */
export function usesFlink(text: string): boolean {
  for (let at = text.indexOf(FLINK); at !== -1; at = text.indexOf(FLINK, at + FLINK.length)) {
    const before = text.slice(Math.max(0, text.lastIndexOf('\n', at) + 1, at - LOOK_BACK), at);
    // What a comment or a string says about Flink is no use of it.
    const isSaid = /^\s*\*|\/\/|\/\*|"/.test(before) && !/\*\//.test(before);
    if (!isSaid && !/[\w$.]$/.test(before) && !/[\w$]/.test(text.charAt(at + FLINK.length))) return true;
  }
  return false;
}
