import type { Checkpoint } from '../checkpoint.ts';
import { problem } from '../problems.ts';
import { unwrap } from '../unwrap/index.ts';
import type { Source } from '../unwrap/source.ts';
import { inTurns } from '../unwrap/steps.ts';
import { documentsOf, isPlan, readerOf } from './documents.ts';
import type { RestModel } from './model.ts';
import { restReading } from './readable.ts';
import { subjectOf } from './subject.ts';
import { documentsOfText } from './texts.ts';

/** An archive has a document or two for each attempt of each subtask. */
const MAX_DOCUMENTS = 20_000;

/** Reads every document of a text. Never throws but for cancellation. */
export async function parseRest(text: string, checkpoint: Checkpoint): Promise<RestModel> {
  const { source, packings } = await inTurns(unwrap(text, restReading), checkpoint);
  return readSource(source, packings, checkpoint);
}

async function readSource(source: Source, wrappers: string[], checkpoint: Checkpoint): Promise<RestModel> {
  const model: RestModel = { documents: [], documentsLeft: 0, archive: false, plans: 0, wrappers, problems: [] };
  for (const { root, path, tree, archived } of documentsOf(source)) {
    if (checkpoint.due()) await checkpoint.pause();
    model.archive ||= archived;
    const reader = readerOf(root);
    if (reader === null) {
      if (isPlan(root)) model.plans++;
      else if (!archived || path === null) continue;
      else model.documents.push({ type: 'other', what: 'unknown', span: root.span, path, subject: subjectOf(path) });
      continue;
    }
    for (const { code, facts, start, end } of tree.issues) model.problems.push(problem(code, facts, root.source.span(start, end)));
    if (model.documents.length >= MAX_DOCUMENTS) model.documentsLeft++;
    else model.documents.push(reader.read(root, { span: root.span, path, subject: subjectOf(path) }));
  }
  if (model.documents.length === 0 && model.plans === 0) {
    const { documents, problems } = documentsOfText(source);
    model.documents.push(...documents);
    model.problems.push(...problems);
  }
  return model;
}
