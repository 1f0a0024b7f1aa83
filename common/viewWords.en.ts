import { type Kind, traitsOf } from './ids.ts';
import { type LabelledView, VIEWS } from './views.ts';

/** Views that have a panel with a title. */
export type TitledView = { [N in keyof typeof VIEWS]: (typeof VIEWS)[N] extends { title: string } ? N : never }[keyof typeof VIEWS];

/** Of a panel, before the name of its file. */
export const viewTitle = (view: TitledView): string => VIEWS[view].title;

/** On the button that opens it. */
export const viewLabel = (view: LabelledView): string => VIEWS[view].label;

/** Of a file, within a sentence. */
export const kindName = (kind: Kind): string => traitsOf(kind).name;
