import { table } from '../../../../../common/table.ts';
import type { JobView } from '../../analysis/jobgraph/jobView.ts';
import { beside, type JobRule, setConfiguration, tell } from './shared.ts';

const SEGMENT = 32 * 1024;
const UNITS = table<number>({ b: 1, bytes: 1, k: 2 ** 10, kb: 2 ** 10, m: 2 ** 20, mb: 2 ** 20, g: 2 ** 30, gb: 2 ** 30 });

export const networkBuffers: JobRule = {
  id: 'network-buffers',
  title: 'The plan needs more network buffers than are configured',
  severity: 'warning',
  docs: `An all-to-all edge from p to q subtasks has p × q channels. Each channel has 2 exclusive buffers, each input gate 8 floating ones (\`taskmanager.network.memory.buffers-per-channel\`, \`floating-buffers-per-gate\`), each of 32 kB. The sum over the TaskManagers that the job needs is held against \`taskmanager.memory.network.max\`. Too few end in "Insufficient number of network buffers".

Needs the plan and the configuration in one file.`,
  check(view) {
    const max = view.context.configuration.get('taskmanager.memory.network.max');
    const slots = view.context.configuration.get('taskmanager.numberOfTaskSlots');
    const limit = bytesOf(max?.value);
    if (max === undefined || limit === null || !view.primary || view.plan.truncated) return [];
    const perTaskManager = Math.max(1, Number(slots?.value ?? 1) || 1);
    const { buffers, widest } = required(view);
    if (buffers === 0) return [];
    const taskManagers = Math.max(1, Math.ceil(widest / perTaskManager));
    const needed = Math.ceil(buffers / taskManagers);
    const available = Math.floor(limit / SEGMENT);
    if (needed <= available) return [];
    const advised = Math.ceil((needed * SEGMENT * 1.25) / 2 ** 20);
    const facts = { needed, taskManagers, limit: max.value, available, buffers, slots: perTaskManager, widest };
    return [
      tell(networkBuffers, 'network-buffers', facts, {
        certainty: 'suspected',
        span: max.span,
        related: slots === undefined ? [] : [beside(slots.span, 'slots', { slots: perTaskManager })],
        fixes: [setConfiguration('taskmanager.memory.network.max', `${advised}mb`, 'process-memory')],
      }),
    ];
  },
};

function required(view: JobView): { buffers: number; widest: number } {
  let buffers = 0;
  let widest = 1;
  for (const edge of view.plan.edges) {
    const from = view.vertex(edge.from).parallelism;
    const to = view.vertex(edge.to).parallelism;
    if (from === null || to === null || edge.kind === 'feedback') continue;
    widest = Math.max(widest, from, to);
    // Unchained operators of an execution plan exchange nothing over the network when they are forwarded.
    if (edge.ship === 'forward') {
      if (view.plan.format !== 'execution-plan') buffers += to * (2 + 8);
      continue;
    }
    const channels = edge.ship === 'rescale' ? Math.max(from, to) : from * to;
    buffers += channels * 2 + to * 8;
  }
  return { buffers, widest };
}

function bytesOf(text: string | undefined): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*([a-zA-Z]*)$/.exec(text?.trim() ?? '');
  if (match === null) return null;
  const unit = UNITS[(match[2] ?? '').toLowerCase() || 'b'];
  return unit === undefined ? null : Number(match[1]) * unit;
}
