import { escapeRegExp } from '../wording.ts';
import type { Upgrade } from './upgrade.ts';
import { blanked, hasFlinkVersion, isFlinkVersion, upgradeOf, type VersionPlace } from './versionPlaces.ts';

/** The last group of a match as a place; the group must end the match or be followed by what `after` says. */
function place(match: RegExpMatchArray & { index?: number }, version: string, of: string): VersionPlace {
  const start = (match.index ?? 0) + match[0].lastIndexOf(version);
  return { span: { start, end: start + version.length }, version, of };
}

/** Raises the Flink version in a build.gradle or build.gradle.kts: literal coordinates, map notation and variables. */
export function upgradeGradle(text: string, fixed: readonly string[]): Upgrade {
  const code = blanked(text, /\/\*[\s\S]*?(?:\*\/|$)|(?<![:"'\w])\/\/[^\n]*/g);
  const places: VersionPlace[] = [];
  const variables = new Set(['flinkVersion', 'flink_version', 'flink.version']);
  for (const match of code.matchAll(/["']org\.apache\.flink:([\w.$}{-]+):([^"':@]+)/g)) {
    const [, artifact = '', version = ''] = match;
    if (!hasFlinkVersion(artifact)) continue;
    const variable = /^\$\{?([\w.]+)\}?$/.exec(version)?.[1];
    if (variable !== undefined) variables.add(variable.replace(/^(?:rootProject|project|ext)\./, ''));
    else if (isFlinkVersion(version)) places.push(place(match, version, artifact));
  }
  for (const match of code.matchAll(
    /group\s*[:=]\s*["']org\.apache\.flink["']\s*,\s*name\s*[:=]\s*["']([\w.-]+)["']\s*,\s*version\s*[:=]\s*(?:["']([^"']+)["']|([\w.]+))/g,
  )) {
    const [, artifact = '', version, variable] = match;
    if (!hasFlinkVersion(artifact)) continue;
    if (variable !== undefined) variables.add(variable);
    else if (version !== undefined && isFlinkVersion(version)) places.push(place(match, version, artifact));
  }
  for (const variable of variables) {
    const name = escapeRegExp(variable);
    const forms = new RegExp(
      `(?:(?<![\\w$])${name}\\s*(?::\\s*String\\s*)?=\\s*|(?<![\\w$])${name}\\s+by\\s+extra\\s*\\(\\s*|set\\(\\s*["']${name}["']\\s*,\\s*|\\[\\s*["']${name}["']\\s*\\]\\s*=\\s*)["']([^"']+)["']`,
      'g',
    );
    for (const match of code.matchAll(forms)) if (isFlinkVersion(match[1] as string)) places.push(place(match, match[1] as string, variable));
  }
  return upgradeOf(places, fixed);
}

/** Raises the Flink version in a gradle.properties. */
export function upgradeGradleProperties(text: string, fixed: readonly string[]): Upgrade {
  const places: VersionPlace[] = [];
  for (const match of text.matchAll(/^[ \t]*(flink[._-]?version|version[._-]?flink)[ \t]*[=:][ \t]*([\w.]+)/gim)) {
    if (isFlinkVersion(match[2] as string)) places.push(place(match, match[2] as string, match[1] as string));
  }
  return upgradeOf(places, fixed);
}

/** Raises the Flink version in a version catalogue (gradle/libs.versions.toml). */
export function upgradeVersionCatalog(text: string, fixed: readonly string[]): Upgrade {
  const code = blanked(text, /^[ \t]*#[^\n]*/gm);
  const places: VersionPlace[] = [];
  const references = new Set<string>();
  for (const match of code.matchAll(
    /(?<![^\n])[^\n]*(?:module\s*=\s*["']org\.apache\.flink:([\w.-]+)["']|group\s*=\s*["']org\.apache\.flink["']\s*,\s*name\s*=\s*["']([\w.-]+)["'])[^\n]*/g,
  )) {
    const artifact = match[1] ?? match[2] ?? '';
    if (!hasFlinkVersion(artifact)) continue;
    const reference = /version\.ref\s*=\s*["']([\w.-]+)["']/.exec(match[0])?.[1];
    if (reference !== undefined) references.add(reference);
    const version = /version\s*=\s*["']([\w.-]+)["']/.exec(match[0])?.[1];
    if (version !== undefined && isFlinkVersion(version)) places.push(place(match, version, artifact));
  }
  for (const match of code.matchAll(/["']org\.apache\.flink:([\w.-]+):([\w.]+)["']/g)) {
    if (hasFlinkVersion(match[1] as string) && isFlinkVersion(match[2] as string)) places.push(place(match, match[2] as string, match[1] as string));
  }
  for (const reference of references) {
    for (const match of code.matchAll(new RegExp(`^[ \\t]*${escapeRegExp(reference)}\\s*=\\s*["']([\\w.]+)["']`, 'gm'))) {
      if (isFlinkVersion(match[1] as string)) places.push(place(match, match[1] as string, reference));
    }
  }
  return upgradeOf(places, fixed);
}
