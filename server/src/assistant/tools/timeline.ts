import * as v from 'valibot';
import { formatStamp } from '../../core/log/time.ts';
import { type Case, placeText } from '../cases.ts';
import { cursor, page, paged, tokens, told } from '../paging.ts';
import { caseId } from '../schemas.ts';
import { tool } from '../tool.ts';
import { TOOL_TITLES } from '../toolTitleWords.ts';
import { TIMELINE } from '../words.ts';

const KINDS = ['failure', 'consequence', 'restart', 'checkpoint', 'pause', 'heartbeat', 'dump', 'state'] as const;

const time = (what: string) => v.exactOptional(v.pipe(v.string(), v.maxLength(40), v.description(what)));

export const timeline = tool({
  name: 'logjam_timeline',
  ...TOOL_TITLES.logjam_timeline,
  description: TIMELINE.description,
  input: v.strictObject({
    case: caseId,
    kinds: v.exactOptional(v.pipe(v.array(v.picklist(KINDS)), v.description(TIMELINE.kinds))),
    process: v.exactOptional(v.pipe(v.string(), v.maxLength(1000), v.description(TIMELINE.process))),
    from: time(TIMELINE.from),
    to: time(TIMELINE.to),
    cursor,
    tokens,
  }),
  output: v.strictObject({
    clock: v.pipe(v.picklist(['epoch', 'day', 'none']), v.description(TIMELINE.clock)),
    zone: v.nullable(v.string()),
    events: v.array(
      v.strictObject({ time: v.string(), kind: v.picklist(KINDS), text: v.string(), process: v.nullable(v.string()), at: v.nullable(v.string()) }),
    ),
    ...page,
    beyond: v.pipe(v.number(), v.description(TIMELINE.beyond)),
  }),
  run: async (cases, { case: id, kinds, process, from, to, ...input }) => {
    const { incident } = await cases.of(id);
    const { axis } = incident;
    const dated = axis.clock === 'epoch';
    const kept = axis.entries
      .map((entry) => ({ entry, stamp: formatStamp(entry.time, dated) }))
      .filter(({ entry }) => kinds === undefined || kinds.includes(entry.kind))
      .filter(({ entry }) => process === undefined || entry.process?.includes(process) === true)
      .filter(({ stamp }) => (from === undefined || stamp >= asWritten(from)) && (to === undefined || stamp <= `${asWritten(to)}\uffff`));
    const { items, more, next } = paged(kept, input.cursor, input, eventOf);
    return { clock: axis.clock, zone: axis.zone ?? axis.offset, events: items, more, next, beyond: axis.left };
  },
});

/** Of ISO 8601 as stamps are written. */
const asWritten = (text: string): string => text.replace('T', ' ').replace('Z', '');

const eventOf = ({ entry, stamp }: { entry: Case['incident']['axis']['entries'][number]; stamp: string }) => ({
  time: stamp,
  kind: entry.kind,
  text: told(entry.text),
  process: entry.process === null ? null : told(entry.process),
  at: entry.at === null ? null : placeText(entry.at),
});
