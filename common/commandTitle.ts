import { COMMANDS } from './commands.ts';
import { LANGUAGE } from './language.ts';
import { COMMAND_TITLES } from './texts.zh.ts';

/** How a command is called in menus, in the language of this process. */
export const commandTitle = (command: keyof typeof COMMANDS): string => (LANGUAGE === 'zh-cn' ? COMMAND_TITLES[command] : COMMANDS[command].title);
