import { DEFAULT_SETTINGS, parseSettings, type Settings } from '../../../common/settings.ts';
import { sourceOf } from '../../../common/virtual.ts';
import { ConfigFiles } from '../workspace/configFile.ts';
import { disk, uriOf } from '../workspace/disk.ts';
import type { SettingsSource } from '../workspace/workspace.ts';
import { UsageError } from './errors.ts';
import type { SettingValues } from './options.ts';
import { STDIN } from './stdin.ts';
import { USAGE } from './words.ts';

/**
 * The settings for each file: those of the nearest configuration above it, then what the command line says.
 * @throws UsageError for what the command line says wrongly; what a configuration says wrongly goes to `say`
 */
export function settingsSource({ 'flink-version': version, setting }: SettingValues, say: (message: string) => void): SettingsSource {
  const { values, problems } = parseSettings(setting);
  if (problems[0] !== undefined) throw new UsageError(USAGE.setting(problems[0]));
  const own: Partial<Settings> = { ...values, ...(version === undefined ? {} : { 'logjam.flinkVersion': version }) };
  const configured = new ConfigFiles(disk, say);
  return {
    stamp: '',
    of: async (uri) => ({ ...DEFAULT_SETTINGS, ...(await configured.for(fileBehind(uri))), ...own }),
  };
}

/** A text of an archive has the settings of the archive, standard input those of where the user stands. */
function fileBehind(uri: string): string {
  return uri === STDIN ? uriOf('stdin') : sourceOf(uri);
}
