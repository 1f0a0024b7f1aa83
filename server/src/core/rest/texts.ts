import { type Problem, problem } from '../problems.ts';
import type { Source } from '../unwrap/source.ts';
import { configurationFile } from './configurationFile.ts';
import { Field } from './fields.ts';
import { describedPods } from './kubernetes/describe.ts';
import { eventTable } from './kubernetes/eventTable.ts';
import { podEvents, pods } from './kubernetes/objects.ts';
import { describedResource, operator } from './kubernetes/operator.ts';
import { NO_SUBJECT } from './model/document.ts';
import type { RestDocument } from './model.ts';
import { profilePage } from './profilePage.ts';
import { TEXT_FORMS, type TextForm } from './textForms.ts';
import { MAX_YAML, readYaml } from './yaml.ts';

interface TextDocuments {
  documents: RestDocument[];
  problems: Problem[];
}

const READ: Record<TextForm['id'], (source: Source) => TextDocuments> = {
  'described-resource': (source) => whole([describedResource(source) ?? []].flat()),
  'described-pods': (source) => whole([describedPods(source) ?? []].flat()),
  'event-table': (source) => whole([eventTable(source) ?? []].flat()),
  'kubernetes-yaml'(source) {
    const { nodes, unread } = readYaml(source.text);
    const documents = nodes.flatMap((node) => {
      const root = new Field(source, node);
      const place = { span: root.span, path: null, subject: NO_SUBJECT };
      return [pods, podEvents, operator].flatMap((reader) => (reader.fits(root) ? [reader.read(root, place)] : []));
    });
    if (unread === null) return whole(documents);
    const megabytes = MAX_YAML / 1024 / 1024;
    return { documents, problems: [problem('yaml-unread', { why: unread, megabytes }, source.span(0, Math.min(source.text.length, 200)))] };
  },
  'configuration-file': (source) => whole([configurationFile(source)]),
  'profile-page': profile,
};

/** The documents of a text that is no JSON, and why one of that kind could not be read. */
export function documentsOfText(source: Source): TextDocuments {
  const form = TEXT_FORMS.find(({ sign }) => sign(source.text));
  return form === undefined ? whole([]) : READ[form.id](source);
}

function profile(source: Source): TextDocuments {
  const document = profilePage(source);
  const { left } = document;
  return { documents: [document], problems: left === 0 ? [] : [problem('calls-left', { count: left }, document.span)] };
}

function whole(documents: RestDocument[]): TextDocuments {
  return { documents, problems: [] };
}
