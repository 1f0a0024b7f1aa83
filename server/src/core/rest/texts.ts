import type { Source } from '../unwrap/source.ts';
import { configurationFile } from './configurationFile.ts';
import { Field } from './fields.ts';
import { describedPods } from './kubernetes/describe.ts';
import { eventTable } from './kubernetes/eventTable.ts';
import { podEvents, pods } from './kubernetes/objects.ts';
import { NO_SUBJECT } from './model/document.ts';
import type { RestDocument } from './model.ts';
import { TEXT_FORMS, type TextForm } from './textForms.ts';
import { readYaml } from './yaml.ts';

const READ: Record<TextForm['id'], (source: Source) => RestDocument[]> = {
  'described-pods': (source) => [describedPods(source) ?? []].flat(),
  'event-table': (source) => [eventTable(source) ?? []].flat(),
  'kubernetes-yaml': (source) =>
    readYaml(source.text).flatMap((node) => {
      const root = new Field(source, node);
      const place = { span: root.span, path: null, subject: NO_SUBJECT };
      return [pods, podEvents].flatMap((reader) => (reader.fits(root) ? [reader.read(root, place)] : []));
    }),
  'configuration-file': (source) => [configurationFile(source)],
};

/** The documents of a text that is no JSON. */
export function documentsOfText(source: Source): RestDocument[] {
  const form = TEXT_FORMS.find(({ sign }) => sign(source.text));
  return form === undefined ? [] : READ[form.id](source);
}
