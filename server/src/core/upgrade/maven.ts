import type { Span } from '../../../../common/span.ts';
import { escapeRegExp } from '../wording.ts';
import type { Upgrade, UpgradeProblem } from './upgrade.ts';
import { blanked, hasFlinkVersion, isFlinkVersion, upgradeOf, type VersionPlace } from './versionPlaces.ts';

/** The text of an element's first child of a name, with its place. */
function childText(xml: string, within: Span, name: string): { text: string; span: Span } | null {
  const escaped = escapeRegExp(name);
  const pattern = new RegExp(`<${escaped}>(\\s*)([^<]*?)(\\s*)</${escaped}>`, 'g');
  pattern.lastIndex = within.start;
  const found = pattern.exec(xml);
  if (found === null || found.index >= within.end) return null;
  const start = found.index + name.length + 2 + (found[1] as string).length;
  const text = found[2] as string;
  return { text, span: { start, end: start + text.length } };
}

function elements(xml: string, name: string): Span[] {
  const result: Span[] = [];
  for (const match of xml.matchAll(new RegExp(`<${name}>[\\s\\S]*?</${name}>`, 'g')))
    result.push({ start: match.index, end: match.index + match[0].length });
  return result;
}

/**
 * Raises the Flink version in a pom.xml: where it is a property, the property; else the version of each dependency.
 *
 * @param fixed releases with the fix
 */
export function upgradePom(text: string, fixed: readonly string[]): Upgrade {
  // Exclusions have no version, but would hide the end of their dependency's own elements.
  const xml = blanked(blanked(text, /<!--[\s\S]*?(?:-->|$)/g), /<exclusions>[\s\S]*?(?:<\/exclusions>|$)/g);
  const places: VersionPlace[] = [];
  const problems: UpgradeProblem[] = [];
  const properties = new Set<string>();
  for (const name of ['dependency', 'plugin', 'parent']) {
    for (const element of elements(xml, name)) {
      if (childText(xml, element, 'groupId')?.text !== 'org.apache.flink') continue;
      const artifact = childText(xml, element, 'artifactId')?.text ?? '';
      const version = childText(xml, element, 'version');
      if (version === null || !hasFlinkVersion(artifact)) continue;
      const property = /^\$\{([^}]+)\}$/.exec(version.text)?.[1];
      if (property !== undefined) properties.add(property);
      else if (isFlinkVersion(version.text)) places.push({ span: version.span, version: version.text, of: artifact });
      else if (/^[[(]/.test(version.text)) problems.push({ code: 'version-range', facts: { of: artifact, range: version.text } });
    }
  }
  for (const usual of ['flink.version', 'flinkVersion', 'flink-version', 'version.flink']) properties.add(usual);
  const blocks = elements(xml, 'properties');
  for (const property of properties) {
    const defined = blocks.flatMap((block) => {
      const found = childText(xml, block, property);
      return found === null ? [] : [found];
    });
    for (const found of defined) if (isFlinkVersion(found.text)) places.push({ span: found.span, version: found.text, of: property });
    if (defined.length === 0 && xml.includes(`\${${property}}`)) problems.push({ code: 'property-of-parent', facts: { property } });
  }
  return upgradeOf(places, fixed, problems);
}
