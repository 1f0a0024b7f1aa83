import { fixedLanguage } from './fixedLanguage.ts';

/** The languages that texts are in, by their tags of BCP 47. */
export type Language = 'en' | 'zh-cn';

/**
 * The language for a tag of BCP 47 ("zh", "zh-CN", "zh-Hans-SG") or the name of a locale ("zh_CN.UTF-8"). Traditional
 * characters are another language: who reads them gets English, as everybody else does.
 */
export function languageOf(tag: string): Language {
  const parts = (tag.split(/[.@]/)[0] ?? '').toLowerCase().split(/[-_]/);
  const traditional = parts.includes('hant') || (!parts.includes('hans') && parts.some((part) => part === 'tw' || part === 'hk' || part === 'mo'));
  return parts[0] === 'zh' && !traditional ? 'zh-cn' : 'en';
}

/** Variables of the environment by their name. */
type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The language of what a process prints: by `LOGJAM_LANGUAGE`, else by the locale of POSIX, whose variables count in this
 * order when they are not empty. A terminal of another encoding than UTF-8 could not show Chinese.
 */
export function languageOfEnvironment({ LOGJAM_LANGUAGE, LC_ALL, LC_MESSAGES, LANG }: Variables): Language {
  if (LOGJAM_LANGUAGE) return languageOf(LOGJAM_LANGUAGE);
  const locale = LC_ALL || LC_MESSAGES || LANG || '';
  return /\.utf-?8(?:@|$)/i.test(locale) ? languageOf(locale) : 'en';
}

/** What hosts have of these: a process its environment, a page its document. */
interface Host {
  readonly process?: { readonly env?: Variables };
  readonly document?: { readonly documentElement: { readonly lang: string } };
}

function found(): Language {
  const fixed = fixedLanguage();
  if (fixed !== null) return languageOf(fixed);
  const { process, document }: Host = globalThis as Host;
  return document === undefined ? languageOfEnvironment(process?.env ?? {}) : languageOf(document.documentElement.lang);
}

/** The language of this process, thread or page: it is known when this is loaded, and stays. */
export const LANGUAGE: Language = found();

/** Of two tables of the same type the one in the language of this process. */
export const inLanguage = <T>(english: T, chinese: NoInfer<T>): T => (LANGUAGE === 'zh-cn' ? chinese : english);
