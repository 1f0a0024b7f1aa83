import type { JobRun, LogEvent } from './model.ts';

const MAX_JOBS = 10_000;
const MAX_STATES = 10_000;

/** State machines of whole jobs. */
export class JobTable {
  readonly list: JobRun[] = [];
  readonly #byId = new Map<string, JobRun>();

  apply(event: LogEvent): void {
    if (event.id !== 'job-state') return;
    const { job: id = '', name, from = '', to = '' } = event.fields;
    let job = this.#byId.get(id);
    if (job === undefined) {
      if (this.list.length >= MAX_JOBS) return;
      job = { id, name: name ?? null, states: [] };
      this.#byId.set(id, job);
      this.list.push(job);
    }
    if (job.states.length < MAX_STATES)
      job.states.push({ from, to, time: event.time, line: event.line, record: event.record, span: event.span, side: 'JM' });
  }
}
