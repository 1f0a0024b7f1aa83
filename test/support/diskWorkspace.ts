import { DEFAULT_SETTINGS } from '../../common/settings.ts';
import { disk } from '../../server/src/workspace/disk.ts';
import { nodePlatform } from '../../server/src/workspace/node.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

/** A workspace over the files of the disk, with the settings as they are at first. */
export const diskWorkspace = (): Workspace =>
  new Workspace({ files: disk, platform: nodePlatform, settings: { stamp: '', of: async () => DEFAULT_SETTINGS }, buffer: () => undefined });
