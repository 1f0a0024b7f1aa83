import type { IncidentPlace } from '../../../../../common/incident.ts';
import type { FlameNode } from '../../rest/model/load.ts';
import type { Thin } from '../digest/model.ts';
import { documentsIn, type Joined, vertexOf } from '../joined.ts';
import { PLATFORM, placeIn } from './rule.ts';

/** Where samples of a vertex find its threads. */
export interface Sampled {
  /** "Job$Map.map:12" */
  at: string;
  /** Of all samples, 0 to 1. */
  share: number;
  place: IncidentPlace;
}

/** Fewer samples may be there by chance. */
const MOST = 0.5;

/** The frame outside of the platform in which most of the samples of a vertex are, the outermost of such; null where none is. */
export function sampledIn(joined: Joined, task: string): Sampled | null {
  for (const document of documentsIn(joined, 'flame-graph')) {
    if (document.root === null || document.root.value <= 0 || vertexOf(joined, document)?.name !== task) continue;
    const node = hottest(document.root);
    if (node === null) continue;
    return {
      at: node.name.replace(/^(?:[\w$]+\.)+(?=[\w$]+\.[\w$<>]+(?::|$))/, ''),
      share: node.value / document.root.value,
      place: placeIn(document.source, node.line),
    };
  }
  return null;
}

/** Down the heaviest branch, as long as most of the samples go there. */
function hottest(root: Thin<FlameNode>): Thin<FlameNode> | null {
  for (let node: Thin<FlameNode> | undefined = root; node !== undefined; ) {
    if (node !== root && !PLATFORM.test(node.name)) return node;
    const heaviest: Thin<FlameNode> | undefined = [...node.children].sort((a, b) => b.value - a.value)[0];
    node = heaviest !== undefined && heaviest.value >= MOST * root.value ? heaviest : undefined;
  }
  return null;
}
