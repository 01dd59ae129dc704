'use client';
import { useSyncExternalStore } from 'react';
import type { AnnotationId } from '#core/formula/model/annotations.ts';
import type { Literal, NodeId } from '#core/formula/model/formula.ts';

/** What stands in a field of a node and not in the formula. */
export interface FieldText {
  readonly text: string;
  /** Why it is not taken; null while it is being typed. */
  readonly problem: string | null;
}

/** Whose field it is. */
export type FieldOwner = NodeId | AnnotationId;

/**
 * The texts that a person has typed into fields of nodes, frames and notes: they outlive their fields. A field is named
 * by its port, `@name` or `@comment`; of a frame `@title`, of a note `@text`.
 */
export interface FieldTexts {
  read(node: FieldOwner, field: string): FieldText | null;
  subscribe(listener: () => void): () => void;
  type(node: FieldOwner, field: string, text: string): void;
  /** Brings the text into the formula. False where that fails: the text then stays, with its problem. */
  take(node: FieldOwner, field: string): boolean;
  /** The person has left the field, or the field has gone: what was not refused before is taken. */
  left(node: FieldOwner, field: string): void;
  discard(node: FieldOwner, field: string): void;
  /** What the text of a port says; undefined where nothing is typed, or nothing that is taken. */
  literal(node: FieldOwner, field: string): Literal | undefined;
}

/** For a graph that is looked at alone: nobody types there. */
export const NO_FIELD_TEXTS: FieldTexts = {
  read: () => null,
  subscribe: () => () => undefined,
  type: () => undefined,
  take: () => true,
  left: () => undefined,
  discard: () => undefined,
  literal: () => undefined,
};

export function useFieldText(texts: FieldTexts, node: FieldOwner, field: string): FieldText | null {
  const read = (): FieldText | null => texts.read(node, field);
  return useSyncExternalStore(texts.subscribe, read, read);
}
