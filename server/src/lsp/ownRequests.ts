import type { CancellationToken } from 'vscode-languageserver';
import {
  ANALYSE_FILE,
  ANALYSIS,
  type AnalysisInfo,
  CONTENT_URI,
  type Contract,
  DIFF_GRAPH,
  DOCUMENT,
  FIND_LINE,
  GRAPH,
  LINES,
  LOOK,
  NODE_AT,
  TICKET,
} from '../../../common/contracts.ts';
import { mapPlaces } from '../../../common/graph.ts';
import { hasView, isGraphView } from '../../../common/views.ts';
import { baseName, contentUri, sourceOf } from '../../../common/virtual.ts';
import { diffGraph, documentOf, firstView, graph, verdict, views } from '../core/kinds/index.ts';
import { offsetIn } from '../core/places.ts';
import { ticket } from '../core/views/ticket.ts';
import { featuresOf } from '../features/index.ts';
import type { Analysed } from '../workspace/workspace.ts';
import { make, textOf } from './content.ts';
import { answer } from './contract.ts';
import { guard } from './guard.ts';
import { fileAnalysis } from './largeFiles.ts';
import type { Session } from './session.ts';
import { REFUSED } from './words.ts';

/** The requests of common/contracts.ts, the texts of virtual documents, and the commands of the server. */
export function wireOwn({
  connection,
  workspace,
  log,
  during,
  analysed,
  abilities,
  filesInWorkspace,
  findSource,
  editorText,
  sources,
}: Session): void {
  const { places, lines } = workspace;
  const own = <P extends { uri: string }, R>(
    contract: Contract<P, R>,
    fallback: R,
    handler: (document: Analysed, params: P) => Promise<R> | R,
  ): void => {
    answer(
      connection,
      contract,
      guard<P, R>(log, fallback, async (params, token) => {
        const document = await analysed(params.uri, token);
        return document ? during(document.uri, () => handler(document, params), document.settings) : fallback;
      }),
    );
  };

  own(ANALYSIS, null, ({ analysis, uri }): AnalysisInfo => {
    const findings = { error: 0, warning: 0, info: 0, hint: 0 };
    for (const finding of analysis.findings) findings[finding.severity]++;
    return {
      kind: analysis.kind,
      dialect: analysis.dialect,
      views: views(analysis).filter(isGraphView),
      first: firstView(analysis),
      findings,
      problem: analysis.kind === 'unknown' ? (analysis.problems[0]?.message ?? null) : null,
      report: hasView(analysis.kind, 'report') ? contentUri({ uri, name: 'report' }) : null,
    };
  });
  answer(
    connection,
    LOOK,
    guard(log, null, ({ uri }) => workspace.look(uri)),
  );
  own(GRAPH, null, (document, { view, focus }) => {
    const found = graph(document.analysis, view, focus);
    return found ? places.withPlaces(document, (place) => mapPlaces(found, place)) : null;
  });
  own(DIFF_GRAPH, null, async (document, { uri, other }) => {
    const second = other === uri ? document : await analysed(other);
    const found = second ? diffGraph(document.analysis, second.analysis, uri) : null;
    if (!second || !found) return null;
    const [removed, kept] = [found.nodes.filter((node) => node.uri !== undefined), found.nodes.filter((node) => node.uri === undefined)];
    const before = await places.withPlaces(document, (place) => mapPlaces({ ...found, nodes: removed, groups: [], edges: [] }, place));
    const after = await places.withPlaces(second, (place) => mapPlaces({ ...found, nodes: kept }, place));
    return { ...after, nodes: [...after.nodes, ...before.nodes] };
  });
  own(NODE_AT, null, async (document, { view, position, in: file }) => {
    const offset = document.parts === undefined ? document.index.offset(position) : offsetIn(document.parts, file ?? document.uri, position);
    return offset === null ? null : ((await featuresOf(document.analysis.kind)).nodeAt?.(document, view, offset) ?? null);
  });
  own(DOCUMENT, null, (document, { name, parameters }) =>
    places.withPlaces(document, (place) => documentOf(document.analysis, name, place, parameters)),
  );

  connection.workspace.textDocumentContent.on(
    guard(log, { text: '' } as { text: string } | null, async ({ uri }: { uri: string }) => {
      const text = await during(sourceOf(uri), () => textOf(uri, sources));
      return text === null ? null : { text };
    }),
  );

  own(CONTENT_URI, null, async ({ uri }, content) => ((await make(content, sources)) === null ? null : contentUri({ ...content, uri })));

  own(TICKET, null, (document) => {
    const { analysis, uri } = document;
    const told = verdict(analysis);
    return told === null ? null : places.withLines(document, (lineOf) => ticket(analysis, { name: baseName(uri), verdict: told, lineOf }));
  });

  answer(
    connection,
    ANALYSE_FILE,
    guard(log, { error: REFUSED.notAnalysed }, async ({ uri }, token) => {
      const document = await analysed(uri, token, { anew: true });
      if (document === null) return { error: REFUSED.unreadable };
      const { kind, problems } = document.analysis;
      return kind === 'unknown'
        ? { error: problems[0]?.message ?? REFUSED.unknownKind }
        : during(document.uri, () => fileAnalysis(document, places), document.settings);
    }),
  );
  // Lines are handed out of files that are ours to read, and of no other file of the machine.
  const readable = new Set<string>();
  const mayRead = async (uri: string, token: CancellationToken): Promise<boolean> => {
    if (readable.has(uri)) return true;
    const document = await analysed(uri, token);
    if (document === null || document.analysis.kind === 'unknown') return false;
    readable.add(uri);
    return true;
  };
  answer(
    connection,
    LINES,
    guard(log, null, async (params, token) => ((await mayRead(params.uri, token)) ? lines.lines(params) : null)),
  );

  answer(
    connection,
    FIND_LINE,
    guard(log, null, async (params, token) => ((await mayRead(params.uri, token)) ? lines.find(params, workspace.checkpointFor(token)) : null)),
  );

  connection.onExecuteCommand(
    guard(log, null, async ({ command, arguments: args }: { command: string; arguments?: unknown[] }) => {
      const { runCommand } = await import('./workspaceEdits.ts');
      await during(String(args?.[0]), () =>
        runCommand(
          connection,
          { abilities: abilities(), inWorkspace: filesInWorkspace, findSource, find: analysed, text: editorText },
          command,
          args ?? [],
        ),
      );
      return null;
    }),
  );
}
