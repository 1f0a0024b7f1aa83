import { type Kind, LANGUAGES, traitsOf } from '../../common/ids.ts';
import { detect, SAMPLE_LENGTH, usesFlink } from '../../server/src/core/detect.ts';

const OURS = new Set<string>(Object.values(LANGUAGES));
/** Languages of data, whose documents belong to other extensions as well. */
const JSON_LANGUAGES = new Set(['json', 'jsonc']);
const YAML = 'yaml';
/** Languages that VS Code gives to a file when nobody knows better. */
export const UNDECIDED = new Set(['plaintext', 'log', 'Log']);
/** Languages of which documents may concern us. */
export const LANGUAGES_LOOKED_AT: readonly string[] = [...OURS, ...JSON_LANGUAGES, YAML, 'java', ...UNDECIDED];

/** A paste this long may make a text another kind of file. */
export const LONG_CHANGE = 500;

/** The kind of a text, by its beginning. */
export const kindOf = (text: string): Kind => detect(text.slice(0, SAMPLE_LENGTH)).kind;

/**
 * Whether a document concerns us. JSON_LANGUAGES, YAML and Java belong to other extensions as well: of these only plans, answers of
 * Flink and Kubernetes, Flink's configuration, and Java that uses Flink. A text that nobody has claimed is given a language
 * of ours where there is one for its kind (sniff.ts); the others, such as the EXPLAIN of a query or Java in a mail, stay what they are and are read all the same.
 */
export function concerns(language: string, text: () => string): boolean {
  if (OURS.has(language)) return true;
  if (language === 'java') return usesFlink(text());
  if (JSON_LANGUAGES.has(language)) return traitsOf(detect(text()).kind).inJson === true;
  if (language === YAML) return traitsOf(kindOf(text())).inYaml === true;
  return UNDECIDED.has(language) && hasNoLanguage(kindOf(text()));
}

/** Kinds of which texts have no language of ours. */
const hasNoLanguage = (kind: Kind): boolean => kind === 'job-graph' || kind === 'rest-document' || kind === 'java-source';

/** Whether a document of this language, of which the server says the kind, is shown as what it is. */
export function isShownAsOurs(language: string, kind: Kind): boolean {
  if (language === YAML) return traitsOf(kind).inYaml === true;
  return OURS.has(language) || kind === 'java-source' || JSON_LANGUAGES.has(language) || (UNDECIDED.has(language) && hasNoLanguage(kind));
}
