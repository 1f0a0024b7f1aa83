import type { Place } from '../../common/span.ts';
import { baseName } from '../../common/virtual.ts';
import { SHARED } from './words.ts';

/** "line 12", with the name of the file where several were read as one. */
export const placeName = ({ uri, start }: Place): string =>
  uri === undefined ? SHARED.line(start.line + 1) : SHARED.lineOf(baseName(uri), start.line + 1);
