import type { UtcOffset } from '../../log/model.ts';
import { plural, zoneName } from '../../wording.ts';

const BY: Record<UtcOffset['by'], (events: number) => string> = {
  checkpoints: (events) => `${plural(events, 'checkpoint')} whose time since 1970 it prints`,
  failures: (events) => `${plural(events, 'failure')} that the REST API reports too`,
};

/** What the clock of a log without a zone is, and what tells: "UTC+02:00, as shown by 3 failures that the REST API reports too". */
export const offsetText = ({ minutes, by, events }: UtcOffset): string =>
  `${minutes === 0 ? 'UTC' : `UTC${zoneName(minutes)}`}, as shown by ${BY[by](events)}`;
