import * as v from 'valibot';
import type { Finding } from '../../core/model.ts';
import { fixedJava, NotEditable, patchOf } from '../../workspace/javaFixes.ts';
import { told } from '../paging.ts';
import { tool } from '../tool.ts';
import { ToolError } from '../toolError.ts';
import { TOOL_TITLES } from '../toolTitleWords.ts';
import { FIX } from '../words.ts';

/** A patch that is cut cannot be applied: a longer one is not given. In characters. */
const MAX_DIFF = 18_000;
const MAX_LEFT = 20;

export const fix = tool({
  name: 'logjam_fix',
  ...TOOL_TITLES.logjam_fix,
  description: FIX.description,
  input: v.strictObject({ file: v.pipe(v.string(), v.nonEmpty(), v.maxLength(4096), v.description(FIX.file)) }),
  output: v.strictObject({
    file: v.string(),
    diff: v.pipe(v.nullable(v.string()), v.description(FIX.diff)),
    moved: v.pipe(v.array(v.string()), v.description(FIX.moved)),
    left: v.pipe(v.array(v.strictObject({ line: v.number(), message: v.string(), why: v.string() })), v.description(FIX.left)),
    moreLeft: v.number(),
  }),
  run: async (cases, { file }) => {
    if (!file.endsWith('.java')) throw new ToolError(FIX.noJava(file));
    const uri = await cases.reach(file);
    const found = await fixedJava(cases.workspace, uri).catch((error: unknown) => {
      throw error instanceof NotEditable ? new ToolError(FIX.encoding(file)) : error;
    });
    if (found === null) return { file, diff: null, moved: [], left: [], moreLeft: 0 };
    const { content, after, applied, left, literal } = found;
    const diff = after === content.text ? null : patchOf(file.split('\\').join('/').replace(/^\.\//, ''), content.text, after);
    if (diff !== null && diff.length > MAX_DIFF) throw new ToolError(FIX.tooLong(file));
    return {
      file,
      diff,
      moved: applied.map(({ method }) => method),
      left: left.slice(0, MAX_LEFT).map(({ finding, line }) => ({ line, message: told(finding.message), why: told(whyLeft(finding, literal)) })),
      moreLeft: Math.max(0, left.length - MAX_LEFT),
    };
  },
});

function whyLeft({ fixes: [first] }: Finding, literal: boolean): string {
  if (first === undefined) return literal ? FIX.noFix : FIX.packed;
  return first.by === 'edits' ? FIX.notByItself(first.cost ?? first.title) : first.title;
}
