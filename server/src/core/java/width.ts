/**
 * How long the lines of a project's Java may be, as the files beside a source tell: a formatter that the build runs, the
 * editors' configuration, a check of the style.
 */

/** Where a width may be told, relative to a folder above a source; in a folder an earlier one goes first. */
export const WIDTH_FILES: readonly string[] = [
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
  '.editorconfig',
  'checkstyle.xml',
  'config/checkstyle/checkstyle.xml',
  'tools/maven/checkstyle.xml',
];

/** google-java-format has this width in both of its styles, palantir-java-format that one. */
const GOOGLE = 100;
const PALANTIR = 120;

/** Nobody formats Java narrower or wider: a value outside is a mistake or another file's. */
const plausible = (width: number): number | null => (width >= 60 && width <= 400 ? width : null);

/** The width that a file tells for Java in its folder and below; null when it tells none. */
export function widthTold(name: string, text: string): number | null {
  if (name === '.editorconfig') return fromEditorConfig(text);
  return name.endsWith('checkstyle.xml') ? fromCheckstyle(text) : fromBuild(text.replace(COMMENT, ' '));
}

const COMMENT = /<!--[\s\S]*?(?:-->|$)|\/\*[\s\S]*?(?:\*\/|$)|(?<![:/])\/\/[^\n]*/g;

function fromBuild(text: string): number | null {
  if (/palantirJavaFormat\b|com\.palantir\.java-format/.test(text)) return PALANTIR;
  return /googleJavaFormat\b|fmt-maven-plugin|com\.github\.sherter\.google-java-format/.test(text) ? GOOGLE : null;
}

/** Sections that hold for Java: [*], [*.java], [*.{java,kt}], [**.java], [{A.java,*.java}]. */
function fromEditorConfig(text: string): number | null {
  let holds = false;
  let width: number | null = null;
  for (const line of text.split('\n', 5000)) {
    const section = /^\s*\[([^\]]*)\]/.exec(line)?.[1];
    if (section !== undefined) holds = section === '*' || section === '**' || /\*\.(?:java\b|\{[^{}]*\bjava\b)/.test(section);
    const value = holds ? /^\s*max_line_length\s*=\s*(\w+)/i.exec(line)?.[1] : undefined;
    if (value !== undefined) width = plausible(Number(value));
  }
  return width;
}

function fromCheckstyle(text: string): number | null {
  const module = /<module\s+name\s*=\s*"(?:\w+\.)*LineLength(?:Check)?"\s*>([\s\S]{0,2000}?)<\/module>/.exec(text.replace(COMMENT, ' '))?.[1];
  const value = module === undefined ? undefined : /<property\s[^>]{0,100}?"max"[^>]{0,100}?value\s*=\s*"(\d+)"/.exec(module)?.[1];
  return value === undefined ? null : plausible(Number(value));
}
