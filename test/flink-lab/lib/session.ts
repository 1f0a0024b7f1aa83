/** What a scenario works with: the running job, and ways to capture. */
import { readFileSync } from 'node:fs';
import type { Cluster, ServerProcess } from './cluster.ts';
import type { Recording } from './recordings.ts';
import type { Checkpoints, Exceptions, TaskManagers } from './rest.ts';

export class Session {
  readonly cluster: Cluster;
  /** Id of the job; empty where none was submitted. */
  readonly job: string;
  readonly #recording: Recording;

  constructor(cluster: Cluster, job: string, recording: Recording) {
    this.cluster = cluster;
    this.job = job;
    this.#recording = recording;
  }

  /** The same recording, about another job. */
  about(job: string): Session {
    return new Session(this.cluster, job, this.#recording);
  }

  file(name: string, kind: string, text: string): void {
    this.#recording.file(name, kind, text);
  }

  /** Whether the cluster's version is that or a later one. */
  atLeast(major: number, minor: number): boolean {
    const [ours = 0, ourMinor = 0] = this.cluster.version.split('.').map(Number);
    return ours > major || (ours === major && ourMinor >= minor);
  }

  /** Saves a REST answer as it came. @returns it parsed */
  async rest<T = unknown>(name: string, path: string): Promise<T> {
    const body = await this.cluster.text(path);
    this.file(name, `GET ${path.replaceAll(this.job, ':jobid').replace(/vertices\/[0-9a-f]{32}/, 'vertices/:vertexid')}`, body);
    return JSON.parse(body) as T;
  }

  /** The documents about the job. @returns the exceptions */
  async restDocuments(): Promise<Exceptions> {
    const base = `/jobs/${this.job}`;
    await this.rest('job.json', base);
    await this.rest('plan.json', `${base}/plan`);
    const checkpoints = await this.cluster.text(`${base}/checkpoints`).catch(() => null);
    if (checkpoints && ((JSON.parse(checkpoints) as Partial<Checkpoints>).counts?.total ?? 0) > 0) {
      this.file('checkpoints.json', 'GET /jobs/:jobid/checkpoints', checkpoints);
      await this.rest('checkpoints-config.json', `${base}/checkpoints/config`);
    }
    return this.rest<Exceptions>('exceptions.json', `${base}/exceptions`);
  }

  async restThreadDump(of: 'taskmanager' | 'jobmanager'): Promise<void> {
    if (of === 'jobmanager') {
      await this.rest('jobmanager-thread-dump.json', '/jobmanager/thread-dump');
      return;
    }
    const { taskmanagers } = await this.cluster.get<TaskManagers>('/taskmanagers');
    const body = await this.cluster.text(`/taskmanagers/${taskmanagers[0]?.id}/thread-dump`);
    this.file('taskmanager-thread-dump.json', 'GET /taskmanagers/:id/thread-dump', body);
  }

  async jcmd(name: string, process_: ServerProcess): Promise<void> {
    this.file(name, 'jcmd Thread.print -l -e', await this.cluster.jcmd(process_, 'Thread.print', '-l', '-e'));
  }

  gcLog(process_: ServerProcess): void {
    this.file(`${process_.name.replace(/-1$/, '')}-gc.log`, '-Xlog:gc*', readFileSync(process_.gc, 'utf8'));
  }

  logs(): void {
    for (const each of this.cluster.processes) {
      this.file(`${each.name.replace(/-1$/, '')}.log`, 'log4j2, default pattern', readFileSync(each.log, 'utf8'));
      const out = readFileSync(each.out, 'utf8');
      if (out.trim()) this.file(`${each.name.replace(/-1$/, '')}.out`, 'standard output and error', out);
    }
  }
}
