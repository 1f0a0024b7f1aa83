import type { LogAnalysis } from '../../../analysis/log/model.ts';
import { findRelations } from '../../../analysis/log/relations.ts';
import type { FilePart } from '../../../log/files.ts';
import { escapeMarkdown } from '../../../wording.ts';
import { behindVerdict } from '../../findings.ts';
import { toldFindings, verdictOf } from '../../verdict.ts';
import { attempts } from './attempts.ts';
import { type Names, namesOf } from './markdown.ts';
import { collector, exceptions, otherMemory, relationships, stateFaults, unread } from './sections.ts';
import { category, consequence, evidence, fix, headline, rootCause, type Study, studyOf, trigger } from './study.ts';
import { FACTS, TITLES } from './words.ts';

const MAX_FILES = 50;
const MAX_FINDINGS = 50;

/**
 * The study of one log, or of several that were read as one: category, trigger, root cause, consequence, fix, evidence,
 * as Markdown. Lines count from 1; with a uri they are links.
 */
export function logReport(analysis: LogAnalysis, title: string, uri?: string): string {
  const names = namesOf(analysis, uri);
  const study = studyOf(analysis, names);
  const out = [
    `# ${escapeMarkdown(title)}`,
    '',
    headline(study),
    '',
    ...behindFinding(analysis, study),
    facts(analysis, names),
    '',
    ...files(analysis, uri !== undefined),
    ...failureSections(analysis, uri),
  ];
  return `${out.join('\n').trimEnd()}\n`;
}

/** Where nothing failed, what is behind the finding that the report begins with, and the others: a study is of a failure. */
function behindFinding({ findings }: LogAnalysis, { episode, memory }: Study): string[] {
  if (episode !== undefined || memory.length > 0) return [];
  const told = toldFindings(findings).filter(({ severity }) => severity !== 'info');
  return behindVerdict(told, (one) => escapeMarkdown(verdictOf(one).text), MAX_FINDINGS).flatMap((part) => [part, '']);
}

/** The lines of the report behind its head: the study, and what else there is to say of failures. */
export function failureSections(analysis: LogAnalysis, uri?: string): string[] {
  const names = namesOf(analysis, uri);
  const study = studyOf(analysis, names);
  const found = findRelations(analysis, () => 0);
  const section = (name: string, text: string | string[]): string[] => [`## ${name}`, '', ...(typeof text === 'string' ? [text] : text), ''];
  const proof = evidence(study);
  return [
    ...(study.episode === undefined && study.memory.length === 0
      ? []
      : [
          ...section(TITLES.category, category(study)),
          ...section(TITLES.trigger, trigger(study)),
          ...section(TITLES.rootCause, rootCause(study)),
          ...section(TITLES.consequence, consequence(study)),
          ...section(TITLES.fix, fix(study)),
          ...(proof.length === 0 ? [] : section(TITLES.evidence, proof)),
        ]),
    ...attempts(analysis, names),
    ...otherMemory(
      analysis.memory.filter((verdict) => !study.memory.includes(verdict)),
      names,
    ),
    ...collector(found, analysis, names),
    ...exceptions(analysis, names),
    ...stateFaults(analysis, names),
    ...relationships(found, names),
    ...unread(analysis),
  ];
}

function facts({ log, flinkVersion, dialect }: LogAnalysis, { time }: Names): string {
  const parts = [FACTS.records(log.recordCount, dialect, log.wrapper)];
  if (log.from !== null && log.to !== null) parts.push(FACTS.time(time(log.from), time(log.to), log.to - log.from));
  if (log.utcOffset !== null) parts.push(FACTS.offset(log.utcOffset));
  const levels = Object.entries(log.levels).map(([level, count]) => `${count} ${level}`);
  if (levels.length > 0) parts.push(levels.join(', '));
  if (flinkVersion !== null) parts.push(FACTS.version(flinkVersion));
  if (log.process.jdk !== null) parts.push(FACTS.java(log.process.jdk.version));
  if (log.process.component !== null) parts.push(log.process.component);
  return escapeMarkdown(FACTS.all(parts));
}

/** What was read, when it was more than one file, in the order of reading. */
function files({ files: read }: LogAnalysis, links: boolean): string[] {
  if (read.length === 0) return [];
  const name = (file: FilePart) => (links ? `[${escapeMarkdown(file.name)}](<${file.uri}>)` : escapeMarkdown(file.name));
  return [FACTS.files(read.slice(0, MAX_FILES).map(name), Math.max(0, read.length - MAX_FILES)), ''];
}
