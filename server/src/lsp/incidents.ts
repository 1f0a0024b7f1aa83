import { INCIDENT, INCIDENT_SO_FAR, type IncidentPage, VERDICT } from '../../../common/contracts.ts';
import { mapPlaces } from '../../../common/graph.ts';
import type { IncidentCoverage, IncidentVerdict } from '../../../common/incident.ts';
import { baseName, setOf } from '../../../common/virtual.ts';
import { graph } from '../core/kinds/index.ts';
import type { Digested } from '../workspace/incidents.ts';
import { Pace } from '../workspace/pace.ts';
import type { Waiter } from '../workspace/waiters.ts';
import type { Analysed } from '../workspace/workspace.ts';
import { answer, tell } from './contract.ts';
import { guard } from './guard.ts';
import type { Session } from './session.ts';

/** How much a document tells of a job: what REST answers of it, its plan there, any other plan. */
function planRank(document: { kind: string; dialect: string } | undefined): number {
  if (document?.kind !== 'job-graph') return 0;
  return document.dialect === 'rest-job' ? 3 : document.dialect === 'rest-plan' ? 2 : 1;
}

/** The verdict on all that lies in files and folders, with the graph of the job where one of the files is of it. */
export function wireIncidents({ connection, workspace, log, during, analysed, settingsOf, sayStatus }: Session): { enough(uri: string): boolean } {
  /** Of those whose files are being read: whether the person has enough of waiting. */
  const reading = new Map<string, { enough: boolean }>();

  answer(
    connection,
    INCIDENT,
    guard<{ uri: string; soFar?: boolean }, IncidentPage | null>(log, null, async ({ uri, soFar = false }, token) => {
      const state = { enough: false };
      reading.set(uri, state);
      // Loaded when somebody asks for an incident.
      const [{ conclude }, { incidentReport }, { digestFiles }] = await Promise.all([
        import('../core/incident/conclude.ts'),
        import('../core/incident/report.ts'),
        import('../workspace/incidents.ts'),
      ]);
      const say = (message: string) => sayStatus({ uri, phase: 'analysing', message });
      const settings = await settingsOf(setOf(uri)?.[0] ?? uri);
      let plan: Analysed | null = null;
      const seen = (document: Analysed): void => {
        if (planRank(document.analysis) > planRank(plan?.analysis)) plan = document;
      };
      const pageOf = async ({ digest, uris }: Digested, read: IncidentPage['soFar']): Promise<IncidentPage | null> => {
        if (uris.size === 0 && digest.sources.length === 0) return null;
        const incident = await during(uri, () => conclude(digest, settings), settings);
        const graph = read?.over === false ? null : await jobGraph(incident.coverage, uris, plan, token);
        return { incident, soFar: read, uris: Object.fromEntries(uris), graph, markdown: incidentReport(incident, baseName(uri)) };
      };
      const pace = new Pace();
      const show = async ({ done, of, read }: { done: number; of: number; read(): Digested }): Promise<void> => {
        if (!soFar || state.enough) return;
        await pace.at(async () => {
          const page = await pageOf(read(), { done, of, over: false });
          if (page !== null && !token.isCancellationRequested) await tell(connection, INCIDENT_SO_FAR, { uri, page });
        });
      };
      const all = await digestFiles(workspace, setOf(uri) ?? [uri], { waiter: token, say, enough: () => state.enough, seen, soFar: show }).finally(
        () => {
          if (reading.get(uri) === state) reading.delete(uri);
          sayStatus({ uri, phase: 'done' });
        },
      );
      return pageOf(all, all.done < all.of ? { done: all.done, of: all.of, over: true } : null);
    }),
  );

  answer(
    connection,
    VERDICT,
    guard<{ uri: string }, IncidentVerdict | null>(log, null, async ({ uri }, token) => {
      const [{ conclude }, { digestFiles }] = await Promise.all([import('../core/incident/conclude.ts'), import('../workspace/incidents.ts')]);
      const settings = await settingsOf(setOf(uri)?.[0] ?? uri);
      const { digest, uris } = await digestFiles(workspace, setOf(uri) ?? [uri], { waiter: token });
      return uris.size === 0 && digest.sources.length === 0 ? null : during(uri, () => conclude(digest, settings).verdict, settings);
    }),
  );

  /** That of the document that tells most of the job; `plan`: as it was read for its digest. */
  async function jobGraph(
    { read }: IncidentCoverage,
    uris: ReadonlyMap<string, string>,
    plan: Analysed | null,
    token: Waiter,
  ): Promise<IncidentPage['graph']> {
    const [best] = read.filter((one) => planRank(one) > planRank(plan?.analysis)).sort((a, b) => planRank(b) - planRank(a));
    const elsewhere = best === undefined ? undefined : uris.get(best.source);
    const document = elsewhere === undefined ? plan : await analysed(elsewhere, token);
    const found = document === null ? null : graph(document.analysis, 'job');
    if (document === null || found === null) return null;
    const { uri } = document;
    return { uri, document: await workspace.places.withPlaces(document, (place) => mapPlaces(found, place)) };
  }

  return {
    /** What was read is concluded from; false where nothing is being read for such an incident. */
    enough: (uri) => {
      const state = reading.get(uri);
      if (state !== undefined) state.enough = true;
      return state !== undefined;
    },
  };
}
