import { env } from 'vscode';
import { fixLanguage } from '../../common/fixedLanguage.ts';

// Before anything that has texts: this is the first import of what VS Code loads.
fixLanguage(env.language);
