import type { Certainty } from '../../../common/certainty.ts';
import type { CommandCall } from '../../../common/commands.ts';
import type { Kind } from '../../../common/ids.ts';
import type { Settings } from '../../../common/settings.ts';
import type { Span } from '../../../common/span.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Problem } from './problems.ts';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

export type { Certainty };

/** A span of a document. */
export interface Location {
  /** Uri. */
  document: string;
  span: Span;
}

export interface Related {
  message: string;
  at: Location;
}

export interface TextEdit {
  span: Span;
  newText: string;
  /** What this edit does, for the refactor preview. */
  description?: string;
}

interface FixBase {
  title: string;
  kind: 'quickfix' | 'refactor' | 'source' | 'show';
  /** What it costs or changes besides the finding. */
  cost?: string;
}

/** Edits of the file that the finding is in. */
export interface EditFix extends FixBase {
  by: 'edits';
  edits: TextEdit[];
  /** Safe to apply without being looked at (source.fixAll). */
  safe?: boolean;
}

export interface CommandFix extends FixBase {
  by: 'command';
  command: CommandCall;
}

/** A text for the clipboard. */
export interface CopyFix extends FixBase {
  by: 'copy';
  copy: string;
}

/** Something the user can do about a finding. */
export type Fix = EditFix | CommandFix | CopyFix;

/** A number, a name or a code that a finding or a sentence is about; JSON. */
export type Fact = string | number | boolean | null | readonly Fact[] | { readonly [name: string]: Fact };

export type Facts = Readonly<Record<string, Fact>>;

/** What a list of problems shows of a finding has at most so many characters. */
export const MAX_MESSAGE = 100;

/** What a rule found, in a document whose spans it need not know the file of: {@link Finding} says the rest. */
export interface Draft {
  /** Id of the rule in rules/index.ts; words joined by hyphens. */
  id: string;
  /** The id of the rule, and the variant behind it where the rule tells several things: `loop-never-ends-bounded`. */
  code: string;
  severity: Severity;
  certainty: Certainty;
  /**
   * What is the matter, in plain words that stand alone in a list: at most {@link MAX_MESSAGE} characters together with the
   * word for its certainty, without a full stop. What it means and what to do are told by `details` and `advice`.
   */
  message: string;
  /** What the message leaves out, in sentences: circumstances, cause and consequence; nothing that the message says. */
  details: string[];
  /** What to do about it, in sentences. */
  advice: string[];
  /** What the message is made of: all that a machine or another language needs to say the same. */
  facts: Facts;
  /** Names of the facts that tell this finding from others of its code in the file; absent: those that are texts. */
  key?: readonly string[];
  span: Span;
  related: RelatedDraft[];
  /** JIRA key of the known bug this is an instance of. */
  knownIssue: string | null;
  /** What speaks for it, in sentences; required when suspected. */
  evidence: string[];
  /** What would confirm or refute it, or is missing to say. */
  missing: string[];
  fixes: Fix[];
}

/** A place beside a finding, in the same count of offsets. */
export interface RelatedDraft {
  message: string;
  span: Span;
}

/** A finding in its place: what core/findings.ts makes of a {@link Draft} once all rules have run. */
export interface Finding extends Omit<Draft, 'span' | 'related' | 'key'> {
  /** In a set of files: the file it is in, and the span in that file alone. */
  at: Location;
  related: Related[];
  /** The same for the same finding when lines shift, addresses and ids are new and counts grow: 16 hexadecimal digits, and `-2` … for its second twin in a file. */
  fingerprint: string;
}

/** Version range of the Flink that wrote the file, for example "1.13.1" or "1.12.0 - 1.12.4". */
export interface FlinkVersion {
  range: string;
  evidence: 'frame-lines' | 'jar-tag' | 'banner' | 'plan' | 'rest' | 'setting';
  /** All released versions in the range, oldest first; empty when only the text is known. */
  candidates: string[];
}

/** A text to analyse. */
export interface Input {
  uri: string;
  text: string;
  /** What the editor or the caller already knows; detection decides when absent. */
  kind?: Kind;
}

export interface Options {
  settings: Settings;
  checkpoint: Checkpoint;
  /** Absent: a Java source is looked at by itself. */
  sources?: JavaSources;
  /** Case tells no files apart where they are. */
  foldsCase?: boolean;
}

/** Java sources beside the one at hand. */
export interface JavaSources {
  /**
   * @param own the package of the file
   * @param packages whose files are wanted; at most some hundred files are given
   */
  around(uri: string, own: string, packages: readonly string[]): Promise<{ uri: string; text: string }[]>;
  /** Longest line that the project of a file allows; null when nothing tells. */
  width(uri: string): Promise<number | null>;
}

/** What every analysis has, whatever the file. */
export interface AnalysisBase<K extends Kind = Kind> {
  kind: K;
  /** Name of the format within the kind, such as "hotspot" or "flink-rest". */
  dialect: string;
  flinkVersion: FlinkVersion | null;
  problems: Problem[];
  findings: Finding[];
}

/** What a person reads about a rule. */
export interface RuleTexts {
  title: string;
  /** Markdown: what it means, why it matters, what to do. */
  docs: string;
}

/** One rule, one file, with its texts in English. `check` stays silent when the model lacks the data it needs. */
export interface Rule<M> extends RuleTexts {
  /** Words joined by hyphens; the id of its findings, of its docs section and of the SARIF rule. */
  id: string;
  severity: Severity;
  check(model: M, context: RuleContext): Draft[];
}

export interface RuleContext {
  /** Of the document, for the commands of fixes. */
  uri: string;
  settings: Settings;
}

type Needed = Pick<Draft, 'message' | 'span' | 'certainty'>;

/**
 * A finding of a rule with the fields that are mostly empty filled in.
 *
 * @param parts `variant`, words joined by hyphens, goes behind the rule's id in the finding's code
 */
export function finding(rule: { id: string; severity: Severity }, parts: Needed & Partial<Draft> & { variant?: string }): Draft {
  const { variant, ...rest } = parts;
  const code = variant === undefined ? rule.id : `${rule.id}-${variant}`;
  const empty = { details: [], advice: [], facts: {}, related: [], knownIssue: null, evidence: [], missing: [], fixes: [] };
  return { id: rule.id, code, severity: rule.severity, ...empty, ...rest };
}
