import * as v from 'valibot';
import { CASES } from './words.ts';

const MAX_NAME = 4096;

export const caseId = v.pipe(v.string(), v.maxLength(MAX_NAME), v.description(CASES.id));
export const sourceName = v.exactOptional(v.pipe(v.string(), v.maxLength(MAX_NAME), v.description(CASES.source)));
