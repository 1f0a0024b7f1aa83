import { activitiesOf, type ThreadActivity } from '../../analysis/threaddump/activity.ts';
import type { AnalysedDump, ThreadDumpAnalysis } from '../../analysis/threaddump/model.ts';
import { type StackGroup, stackGroups } from '../../analysis/threaddump/stackGroups.ts';
import { waitsForWork } from '../../analysis/threaddump/waitsForWork.ts';
import type { Thread } from '../../threaddump/model.ts';
import { escapeMarkdown, shorten } from '../../wording.ts';
import type { TextParts } from '../made.ts';
import { fence, lineLink, shortFrame } from './markdown.ts';
import { dumpsVerdict, verdictOfOne } from './verdict.ts';
import { STACKS } from './words.ts';

const MAX_GROUPS = 300;
const MAX_NAMES = 8;
const MAX_FRAMES = 30;

/** The verdict, and all threads of the dumps of a file by their stacks, as Markdown: what may hold something up first, what waits for work last. */
export function stacksPage(analysis: ThreadDumpAnalysis, made: TextParts): string {
  const { dumps } = analysis;
  const bold = (text: string): string => `**${escapeMarkdown(text)}**`;
  const parts = [
    bold(dumpsVerdict(analysis).text),
    ...dumps.flatMap((dump, at) => [
      ...(dumps.length > 1 ? [`# ${STACKS.dump(at + 1, dumps.length, dump.dump.time)}`, bold(verdictOfOne(analysis, dump).text)] : []),
      ...ofDump(dump, made),
    ]),
  ];
  return `${parts.join('\n\n')}\n`;
}

interface Told {
  group: StackGroup;
  /** All of them stand still because that is what they are for. */
  harmless: boolean;
  roles: string[];
}

function ofDump(analysed: AnalysedDump, made: TextParts): string[] {
  const of = new Map(activitiesOf(analysed).map((activity) => [activity.thread, activity]));
  const told = stackGroups(analysed.dump.threads).map((group) => tellOf(group, of));
  const inOrder = [...told.filter(({ harmless }) => !harmless), ...told.filter(({ harmless }) => harmless)];
  const quiet = told.reduce((sum, { group, harmless }) => sum + (harmless ? group.threads.length : 0), 0);
  const bare = analysed.dump.threads.filter(({ frames }) => frames.length === 0).length;
  return [
    STACKS.counts({ threads: analysed.dump.threads.length, stacks: told.length, harmless: quiet }),
    ...inOrder.slice(0, MAX_GROUPS).map((one) => section(one, made)),
    ...(inOrder.length > MAX_GROUPS ? [STACKS.more(inOrder.length - MAX_GROUPS)] : []),
    ...(bare > 0 ? [STACKS.bare(bare)] : []),
  ];
}

function tellOf(group: StackGroup, of: ReadonlyMap<Thread, ThreadActivity>): Told {
  const known = group.threads.flatMap((thread) => of.get(thread) ?? []);
  const roles = [...new Set(known.flatMap(({ role }) => role?.role.title ?? []))];
  return { group, harmless: known.length === group.threads.length && known.every(waitsForWork), roles };
}

function section({ group: { frames, threads, states }, harmless, roles }: Told, { uri, lineOf }: TextParts): string {
  const names = threads.slice(0, MAX_NAMES).map(({ name, span }) => lineLink(shorten(name, 80), uri, lineOf(span.start)));
  const stack = frames.slice(0, MAX_FRAMES).map((frame) => `at ${shortFrame(frame)}`);
  if (frames.length > MAX_FRAMES) stack.push(STACKS.moreFrames(frames.length - MAX_FRAMES));
  return [
    `## ${STACKS.group({ threads: threads.length, states: [...states], roles: roles.map(escapeMarkdown), harmless })}`,
    STACKS.names(names, threads.length),
    fence(stack.join('\n')),
  ].join('\n\n');
}
