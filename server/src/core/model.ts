import type { Kind } from '../../../common/ids.ts';
import type { Settings } from '../../../common/settings.ts';
import type { Range, Span } from '../../../common/span.ts';
import type { Checkpoint } from './checkpoint.ts';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** proved by the file; suspected, with its evidence listed; unknown, with what is missing. */
export type Certainty = 'proved' | 'suspected' | 'unknown';

/** A part of the input that could not be read, or only in part. */
export interface Problem {
  message: string;
  span: Span;
}

export interface Related {
  message: string;
  span: Span;
  /** Another file, where `range` is the place and `span` says nothing; absent: the file at hand. */
  uri?: string;
  range?: Range;
}

export interface TextEdit {
  span: Span;
  newText: string;
  /** What this edit does, for the refactor preview. */
  description?: string;
}

/** Something the user can do about a finding. Exactly one of `edits`, `command` and `copy` says how. */
export interface Fix {
  title: string;
  kind: 'quickfix' | 'refactor' | 'source' | 'show';
  /** Edits of the file at hand. */
  edits?: TextEdit[];
  /** A command of common/commands.ts. */
  command?: { id: string; arguments: unknown[] };
  /** Text for the clipboard. */
  copy?: string;
  /** What it costs or changes besides the finding. */
  cost?: string;
  /** Safe to apply without being looked at (source.fixAll). */
  safe?: boolean;
}

export interface Finding {
  /** Id of the rule in rules/index.ts; words joined by hyphens. */
  id: string;
  severity: Severity;
  certainty: Certainty;
  message: string;
  span: Span;
  related: Related[];
  /** JIRA key of the known bug this is an instance of. */
  knownIssue: string | null;
  /** What speaks for it, in sentences; required when suspected. */
  evidence: string[];
  /** What would confirm or refute it, or is missing to say. */
  missing: string[];
  fixes: Fix[];
}

/** Version range of the Flink that wrote the file, for example "1.13.1" or "1.12.0 - 1.12.4". */
export interface FlinkVersion {
  range: string;
  evidence: 'frame-lines' | 'jar-tag' | 'banner' | 'plan' | 'setting';
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

/** One rule, one file. `check` stays silent when the model lacks the data it needs. */
export interface Rule<M> {
  /** Words joined by hyphens; the id of its findings, of its docs section and of the SARIF rule. */
  id: string;
  title: string;
  /** Markdown: what it means, why it matters, what to do. */
  docs: string;
  severity: Severity;
  check(model: M, context: RuleContext): Finding[];
}

export interface RuleContext {
  /** Of the document, for the commands of fixes. */
  uri: string;
  settings: Settings;
}

/** A finding with the fields that are mostly empty filled in. */
export function finding(
  rule: { id: string; severity: Severity },
  parts: Pick<Finding, 'message' | 'span' | 'certainty'> & Partial<Finding>,
): Finding {
  return { id: rule.id, severity: rule.severity, related: [], knownIssue: null, evidence: [], missing: [], fixes: [], ...parts };
}
