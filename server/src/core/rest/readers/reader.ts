import type { Span } from '../../../../../common/span.ts';
import type { Field } from '../fields.ts';
import type { DocumentBase, Subject } from '../model/document.ts';
import type { DocumentOfType, DocumentType } from '../model.ts';

/** What is known of a document before it is read. */
export interface Place {
  span: Span;
  path: string | null;
  subject: Subject;
}

/** A document that the REST API answers: how it is told from all others, and what is read of it. */
export interface RestReader<T extends DocumentType> {
  type: T;
  /** By its keys alone, whatever the path says. */
  fits(root: Field): boolean;
  read(root: Field, place: Place): DocumentOfType<T>;
  /** Small documents of versions that differ. */
  samples: readonly string[];
  /** What other programs, or other documents, have that looks alike. */
  nearMisses: readonly string[];
}

export type AnyRestReader = { [T in DocumentType]: RestReader<T> }[DocumentType];

export const base = <T extends DocumentType>(type: T, { span, path, subject }: Place): DocumentBase<T> => ({ type, span, path, subject });

/** Ids of jobs and vertices. */
export const isId = (text: string | null): text is string => text !== null && /^[0-9a-f]{32}$/.test(text);

export const hasAll = (root: Field, ...keys: string[]): boolean => keys.every((key) => root.has(key));

/** The one of some words that a text is, whatever its case. */
export function upper<T extends string>(text: string | null, known: readonly T[]): T | null {
  const word = text?.toUpperCase();
  return known.find((one) => one.toUpperCase() === word) ?? null;
}
