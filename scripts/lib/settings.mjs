// User settings of every VS Code that scripts and tests open: silent, nothing looked up outside.
export const QUIET_SETTINGS = {
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'git.enabled': false,
  // In a browser the editor saves a second after an edit; on a busy machine an undo comes later than that.
  'files.autoSave': 'off',
  'chat.disableAIFeatures': true,
  'window.autoDetectColorScheme': false,
  'window.autoDetectHighContrast': false,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'security.workspace.trust.enabled': false,
};
