/** What every page says: on its buttons, and in place of a drawing. */
import { count } from './dom.ts';

export const SHARED = {
  readingFile: 'Reading the file…',
  readingFiles: 'Reading the files…',
  readingLog: 'Reading the log…',
  mergingStacks: 'Merging the stacks…',
  tryAgain: 'Try again',
  cancel: 'Cancel',
  nothing: 'Nothing to show',
  nothingToDraw: 'Nothing to draw',
  nothingToSave: 'There is nothing to save yet.',
  everything: 'Show everything',
  follow: 'Follow the active editor',
  save: 'Save as…',
  saveAs: (format: string) => `Save as ${format}`,
  saveMarkdown: 'Save as Markdown…',
  svg: 'SVG picture',
  png: 'PNG picture',
  noCanvas: 'The browser gives no canvas to draw on.',
  tooLarge: 'The picture is too large for a PNG: save it as SVG.',
  notReadBack: 'The picture could not be read back.',
  details: 'Details',
  notes: 'Notes',
  legend: 'Legend',
  previousMatch: 'Previous match (Shift+Enter)',
  nextMatch: 'Next match (Enter)',
  noMatch: 'none',
  zoom: 'Zoom',
  zoomIn: 'Zoom in (+)',
  zoomOut: 'Zoom out (-)',
  lines: (number: number) => `${count(number)} lines`,
  line: (number: number) => `line ${count(number)}`,
  lineOf: (file: string, number: number) => `${file}, line ${count(number)}`,
  goTo: (place: string) => `Go to ${place}`,
  inText: 'Show in the text',
  more: (left: number) => `and ${count(left)} more`,
  callTree: 'Call tree',
  callGraph: 'Call graph',
};

/** Of findings. */
export const SEVERITY: Readonly<Record<'error' | 'warning' | 'info' | 'hint', string>> = {
  error: 'error',
  warning: 'warning',
  info: 'info',
  hint: 'hint',
};

export const CERTAINTY: Readonly<Record<'proved' | 'suspected' | 'unknown', string>> = {
  proved: 'proved',
  suspected: 'suspected',
  unknown: 'unknown',
};
