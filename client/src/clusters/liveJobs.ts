import * as vscode from 'vscode';
import { FRESH_JOB } from '../../../server/src/cluster/live.ts';
import type { GraphPanels } from '../graphPanel.ts';
import type { ClusterDocuments } from './documents.ts';
import type { ClusterRegistry } from './registry.ts';
import { LIVE } from './words.ts';

/** Keeps the graphs of running jobs up to date, as long as they are in sight: no cluster is asked for one that nobody looks at. */
export function registerLiveJobs(registry: ClusterRegistry, documents: ClusterDocuments, graphs: GraphPanels): vscode.Disposable {
  /** Being asked about. */
  const asked = new Set<string>();
  /** When each was answered last, in ms since 1970. */
  const answered = new Map<string, number>();

  async function refresh(uri: string): Promise<void> {
    const parsed = vscode.Uri.parse(uri, true);
    if (registry.find(parsed.authority) === undefined || asked.has(uri)) return;
    asked.add(uri);
    try {
      await documents.refreshLive(parsed);
      answered.set(uri, Date.now());
      graphs.refresh(uri, LIVE.asOf(timeOf(Date.now())));
    } catch (error) {
      const last = answered.get(uri);
      graphs.refresh(uri, LIVE.noAnswer(last === undefined ? null : timeOf(last), error instanceof Error ? error.message : String(error)));
    } finally {
      asked.delete(uri);
    }
  }

  const timer = setInterval(() => {
    for (const uri of graphs.jobsInSight) void refresh(uri);
  }, FRESH_JOB);
  return new vscode.Disposable(() => clearInterval(timer));
}

const timeOf = (ms: number): string => new Date(ms).toLocaleTimeString();
