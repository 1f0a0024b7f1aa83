import { plural } from '../../core/wording.ts';

/** What the editor shows beside a job graph; a second language is a second table of its type. Texts of hovers are Markdown. */
export const JOB_FEATURE_WORDS = {
  hover: {
    /** What a term of the plan means. */
    meaning: (term: string, meaning: string) => `**${term}**: ${meaning}.`,
    title: (name: string) => `**${name}**`,
    parallelism: (value: number, max: number | null) => `parallelism ${value}${max === null ? '' : ` of at most ${max}`}`,
    degree: (inputs: number, outputs: number) => `${inputs} in, ${outputs} out`,
    defaultScope: 'default scope, level 0: in no loop',
    scope: (scope: string, level: number) => `scope ${scope}, level ${level}`,
    loop: (role: LoopPart, name: string, level: number, interleaved: boolean) =>
      `${PARTS[role]} loop ${name}, level ${level}${interleaved ? ', interleaved with another one' : ''}`,
    pending: 'pending: not scheduled yet',
    changelog: (mode: string) => `emits changes ${mode}`,
    operators: (list: string) => `Chained operators:\n${list}`,
    more: (count: number) => `and ${count} more`,
    edge: (from: string, to: string) => `From **${from}** to **${to}**`,
    detail: (name: string, value: string) => `${name}: ${value}`,
    advice: (level: string, text: string) => `**${level}** of the planner: ${text}`,
  },
  lens: {
    graph: (vertices: number) => `$(type-hierarchy) Job graph of ${vertices} vertices`,
    loops: (count: number, depth: number) => `$(sync) ${plural(count, 'loop')}, ${plural(depth, 'level')} deep`,
    /** Of one vertex; `loop` is null outside of all loops. */
    vertex: (loop: { name: string; level: number } | null, inputs: number, outputs: number) =>
      `${loop === null ? 'level 0' : `level ${loop.level} in loop ${loop.name}`} · ${inputs} in · ${outputs} out`,
    show: 'Show it in the graph',
  },
  symbol: {
    untitled: 'Job graph',
    plan: (format: string, vertices: number, loops: number) => `${format}, ${vertices} vertices${loops > 0 ? `, ${loops} loops` : ''}`,
    moreVertices: (count: number) => `and ${count} more vertices`,
    loop: (name: string) => `Loop ${name}`,
    loopDetail: (level: number, interleaved: boolean) => `level ${level}${interleaved ? ', interleaved' : ''}`,
    parallelism: (value: number) => `×${value}`,
  },
};

/** What a vertex is to a loop around it. */
export type LoopPart = 'head' | 'tail' | 'entry' | 'member';

const PARTS: Record<LoopPart, string> = { head: 'head of', tail: 'tail of', entry: 'entry of', member: 'in' };
