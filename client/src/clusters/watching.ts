import * as vscode from 'vscode';
import { VERDICT } from '../../../common/contracts.ts';
import type { IncidentVerdict } from '../../../common/incident.ts';
import type { Moment } from '../../../server/src/cluster/moments.ts';
import { watch } from '../../../server/src/cluster/watch.ts';
import type { Ask } from '../ask.ts';
import type { Opened } from '../opened.ts';
import type { ClusterDocuments } from './documents.ts';
import type { ClusterRegistry, KnownCluster } from './registry.ts';
import { STATUS } from './words.ts';

/** Between two verdicts, in ms. */
const INTERVAL = 30_000;

/** What was seen of a cluster last. */
export interface Seen {
  cluster: KnownCluster;
  at: number;
  /** `gone`: it did not answer. */
  health: IncidentVerdict['health'] | 'gone';
  certainty: IncidentVerdict['certainty'] | null;
  sentence: string;
  /** Why it did not answer. */
  fault: string | null;
  /** The answers that the verdict rests on; null where there are none. */
  look: vscode.Uri | null;
}

/** Looks at the clusters for which that was switched on, as `logjam watch` does, until it is switched off or the window closes. */
export class ClusterWatches implements vscode.Disposable {
  readonly #registry: ClusterRegistry;
  readonly #documents: ClusterDocuments;
  readonly #ask: Ask;
  readonly #opened: Opened;
  readonly #running = new Map<string, AbortController>();
  readonly #seen = new Map<string, Seen>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #moments = new vscode.EventEmitter<{ cluster: KnownCluster; moments: readonly Moment[]; signal: AbortSignal }>();
  /** What is watched, or what was seen, is another. */
  readonly onChange = this.#changed.event;
  readonly onMoments = this.#moments.event;

  constructor(registry: ClusterRegistry, documents: ClusterDocuments, { ask, opened }: { ask: Ask; opened: Opened }) {
    this.#registry = registry;
    this.#documents = documents;
    this.#ask = ask;
    this.#opened = opened;
    registry.onChange(() => {
      for (const id of this.#running.keys()) if (registry.find(id) === undefined) this.stop(id);
    });
  }

  isWatched(id: string): boolean {
    return this.#running.has(id);
  }

  /** Of the clusters that are watched; null: they were not seen yet. */
  get all(): { cluster: KnownCluster; seen: Seen | null }[] {
    return this.#registry.known.filter(({ id }) => this.isWatched(id)).map((cluster) => ({ cluster, seen: this.#seen.get(cluster.id) ?? null }));
  }

  seen(id: string): Seen | null {
    return this.#seen.get(id) ?? null;
  }

  /** Rejects where the cluster cannot be asked at all: its credentials cannot be read. */
  async start(cluster: KnownCluster): Promise<void> {
    if (this.isWatched(cluster.id)) return;
    const control = new AbortController();
    this.#running.set(cluster.id, control);
    this.#changed.fire();
    try {
      const [client, host] = await Promise.all([this.#registry.client(cluster.id), this.#registry.host()]);
      // What is looked at is read by the analysis.
      this.#opened.add(this.#documents.looksOf(cluster.id).toString());
      const look = { folder: null as vscode.Uri | null };
      void watch<IncidentVerdict | null>({
        client,
        host,
        jobs: null,
        interval: INTERVAL,
        signal: control.signal,
        judge: async (collectInto) => {
          const { folder, sink } = this.#documents.look(cluster, Date.now());
          await collectInto(sink);
          look.folder = folder;
          // An analysis that was ended meanwhile has no verdict; the next look has one.
          return this.#ask(VERDICT, { uri: folder.toString() }).catch(() => null);
        },
        onLook: (found) => {
          const verdict = 'verdict' in found ? found.verdict : null;
          this.#seen.set(cluster.id, {
            cluster,
            at: found.at,
            health: 'fault' in found ? 'gone' : (verdict?.health ?? 'unknown'),
            certainty: verdict?.certainty ?? null,
            sentence: 'fault' in found ? STATUS.noAnswer : (verdict?.sentence ?? STATUS.noVerdict),
            fault: 'fault' in found ? found.fault : null,
            look: 'fault' in found ? null : look.folder,
          });
          this.#changed.fire();
        },
        onMoments: (moments) => this.#moments.fire({ cluster, moments, signal: control.signal }),
      }).catch((error: unknown) => {
        void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
        this.stop(cluster.id);
      });
    } catch (error) {
      this.stop(cluster.id);
      throw error;
    }
  }

  stop(id: string): void {
    this.#running.get(id)?.abort();
    this.#running.delete(id);
    this.#seen.delete(id);
    this.#changed.fire();
  }

  dispose(): void {
    for (const control of this.#running.values()) control.abort();
    this.#running.clear();
    this.#changed.dispose();
    this.#moments.dispose();
  }
}
