import { INCIDENT, type IncidentPage } from '../../../common/contracts.ts';
import { mapPlaces } from '../../../common/graph.ts';
import type { IncidentCoverage } from '../../../common/incident.ts';
import { baseName, setOf } from '../../../common/virtual.ts';
import { conclude } from '../core/incident/conclude.ts';
import { incidentReport } from '../core/incident/report.ts';
import { graph } from '../core/kinds/index.ts';
import { digestFiles } from '../workspace/incidents.ts';
import type { Waiter } from '../workspace/waiters.ts';
import { answer } from './contract.ts';
import { guard } from './guard.ts';
import type { Session } from './session.ts';

/** The verdict on all that lies in files and folders, with the graph of the job where one of the files is of it. */
export function wireIncidents({ connection, workspace, log, during, analysed, settingsOf, sayStatus }: Session): { enough(uri: string): boolean } {
  /** Of those whose files are being read: whether the person has enough of waiting. */
  const reading = new Map<string, { enough: boolean }>();

  answer(
    connection,
    INCIDENT,
    guard<{ uri: string }, IncidentPage | null>(log, null, async ({ uri }, token) => {
      const state = { enough: false };
      reading.set(uri, state);
      const say = (message: string) => sayStatus({ uri, phase: 'analysing', message });
      const { digest, uris } = await digestFiles(workspace, setOf(uri) ?? [uri], { waiter: token, say, enough: () => state.enough }).finally(() => {
        if (reading.get(uri) === state) reading.delete(uri);
        sayStatus({ uri, phase: 'done' });
      });
      if (uris.size === 0 && digest.sources.length === 0) return null;
      const settings = await settingsOf(setOf(uri)?.[0] ?? uri);
      const incident = await during(uri, () => conclude(digest, settings), settings);
      return {
        incident,
        uris: Object.fromEntries(uris),
        graph: await jobGraph(incident.coverage, uris, token),
        markdown: incidentReport(incident, baseName(uri)),
      };
    }),
  );

  /** That of the document that tells most of the job: what REST answers of it, else its plan. */
  async function jobGraph({ read }: IncidentCoverage, uris: ReadonlyMap<string, string>, token: Waiter): Promise<IncidentPage['graph']> {
    const plans = read.filter(({ kind }) => kind === 'job-graph');
    const best = plans.find(({ dialect }) => dialect === 'rest-job') ?? plans.find(({ dialect }) => dialect === 'rest-plan') ?? plans[0];
    const uri = best === undefined ? undefined : uris.get(best.source);
    const document = uri === undefined ? null : await analysed(uri, token);
    const found = document === null ? null : graph(document.analysis, 'job');
    if (document === null || found === null || uri === undefined) return null;
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
