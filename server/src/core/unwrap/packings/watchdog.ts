import type { Packing } from '../packing.ts';
import { SourceBuilder } from '../source.ts';

/** What a server's logger puts before a line: a time and the thread with its level, in brackets. */
const BEFORE = String.raw`(?:\[[^\]\n]{1,80}\]:?[ \t]?){0,4}[ \t]{0,8}`;
const NAME = new RegExp(`^${BEFORE}Current Thread: (?<name>[^\\n]{1,400}?)\\s*$`);
const STATE = new RegExp(
  `^${BEFORE}PID: (?<id>\\d{1,9}) \\| Suspended: (?:true|false) \\| Native: (?:true|false) \\| State: (?<state>[A-Z_]{3,13})\\s*$`,
);
const FRAME = new RegExp(`^${BEFORE}(?<frame>(?:[\\w.@-]{1,100}/){0,2}(?:[\\w$-]{1,200}\\.){1,20}[\\w$<>]{1,200}\\([^()\\n]{1,200}\\))\\s*$`);

/**
 * The watchdog of Bukkit's servers: "Current Thread: name", "PID: 38 | Suspended: false | Native: false | State: WAITING", then
 * frames without "at". Held monitors stand there without what tells them apart, so nothing follows from them.
 */
export const watchdog: Packing = {
  id: 'watchdog',
  title: 'the report of a watchdog thread',
  sign: (sample) => /Current Thread: [^\n]{1,400}\n[^\n]{0,200}PID: \d{1,9} \| Suspended: /.test(sample),
  *undo(text) {
    const builder = new SourceBuilder(text);
    let at = 0;
    let name: { start: number; end: number } | null = null;
    for (const raw of text.split('\n')) {
      yield;
      const end = at + raw.length;
      const stop = Math.min(text.length, end + 1);
      const place = (group: string): { start: number; end: number } => ({
        start: at + raw.lastIndexOf(group),
        end: at + raw.lastIndexOf(group) + group.length,
      });
      const named: string | undefined = NAME.exec(raw)?.groups?.name;
      const { id, state } = STATE.exec(raw)?.groups ?? {};
      const frame = FRAME.exec(raw)?.groups?.frame;
      if (named !== undefined) name = place(named);
      else if (id !== undefined && state !== undefined && name !== null) {
        builder.insert(name.start, '\n"');
        builder.copy(name.start, name.end);
        builder.insert(name.end, `" Id=${id} `);
        builder.copy(place(state).start, place(state).end);
        builder.insert(end, '\n');
        name = null;
      } else if (frame !== undefined) {
        builder.insert(place(frame).start, '\tat ');
        builder.copy(place(frame).start, place(frame).end);
        builder.insert(end, '\n');
      }
      at = stop;
    }
    return builder.build();
  },
  samples: [
    '[10:00:10] [Watchdog Thread/ERROR]: Current Thread: Server thread\n[10:00:10] [Watchdog Thread/ERROR]: \tPID: 38 | Suspended: false | Native: false | State: WAITING\n[10:00:10] [Watchdog Thread/ERROR]: \tStack:\n[10:00:10] [Watchdog Thread/ERROR]: \t\tjava.base@17/java.lang.Thread.sleep(Native Method)\n',
  ],
  nearMisses: ['Current Thread: main\nPID: 12\n'],
};
