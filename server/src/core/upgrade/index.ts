/**
 * Changes that a known issue asks for in the files of a workspace: a Flink version with the fix in the build files,
 * and options that work around it in Flink's configuration. Pure: text in, edits out.
 *
 * - `upgradeFlink(path, text, issue.fixed)` for every path that `isBuildFile` accepts
 * - `setFlinkOption(path, text, key, value)` for every path that `isFlinkConfiguration` accepts
 * - `optionSnippet(key, value)` for the clipboard when there is no such file
 */
import { nested, setInConfigYaml } from './configYaml.ts';
import { setInFlinkConf } from './flinkConf.ts';
import { upgradeGradle, upgradeGradleProperties, upgradeVersionCatalog } from './gradle.ts';
import { upgradePom } from './maven.ts';
import { NO_UPGRADE, type OptionEdit, type Upgrade } from './upgrade.ts';

export type { OptionEdit, Upgrade } from './upgrade.ts';

function nameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

const BUILD_FILES: [RegExp, (text: string, fixed: readonly string[]) => Upgrade][] = [
  [/^pom\.xml$|\.pom$/, upgradePom],
  [/\.gradle(?:\.kts)?$/, upgradeGradle],
  [/^gradle\.properties$/, upgradeGradleProperties],
  [/\.versions\.toml$/, upgradeVersionCatalog],
];

/** Globs for finding the files that {@link isBuildFile} and {@link isFlinkConfiguration} accept. */
export const BUILD_FILES_GLOB = '**/{pom.xml,*.pom,*.gradle,*.gradle.kts,gradle.properties,*.versions.toml}';
export const CONFIGURATIONS_GLOB = '**/{flink-conf,config}.{yaml,yml}';

export function isBuildFile(path: string): boolean {
  return BUILD_FILES.some(([pattern]) => pattern.test(nameOf(path)));
}

/** Raises every Flink version of a build file to the nearest release with a fix; never down. */
export function upgradeFlink(path: string, text: string, fixed: readonly string[]): Upgrade {
  return BUILD_FILES.find(([pattern]) => pattern.test(nameOf(path)))?.[1](text, fixed) ?? NO_UPGRADE;
}

export function isFlinkConfiguration(path: string): boolean {
  return /^(?:flink-conf|config)\.ya?ml$/.test(nameOf(path));
}

/** Whether a config.yaml is one of Flink's: other programs have files of that name too. */
export function looksLikeFlinkConfig(text: string): boolean {
  return /^[ \t]*(?:#[ \t]*)?(?:jobmanager|taskmanager|parallelism|execution|state\.backend|high-availability|rest)\b[\w.-]*\s*:/m.test(text);
}

/** Sets an option in a flink-conf.yaml or a config.yaml; comments and order stay. */
export function setFlinkOption(path: string, text: string, key: string, value: string): OptionEdit {
  return nameOf(path).startsWith('flink-conf') ? setInFlinkConf(text, key, value) : setInConfigYaml(text, key, value);
}

/** The option in both notations, for pasting. */
export function optionSnippet(key: string, value: string): string {
  return `# flink-conf.yaml\n${key}: ${value}\n\n# config.yaml\n${nested(key, value, '', '\n')}\n`;
}
