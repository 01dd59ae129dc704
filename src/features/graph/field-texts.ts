'use client';
import { useSyncExternalStore } from 'react';
import type { Literal, NodeId } from '#core/formula/model/formula.ts';

/** What stands in a field of a node and not in the formula. */
export interface FieldText {
  readonly text: string;
  /** Why it is not taken; null while it is being typed. */
  readonly problem: string | null;
}

/**
 * The texts that a person has typed into fields of nodes: they outlive their fields. A field is named by its port,
 * `@name` or `@comment`.
 */
export interface FieldTexts {
  read(node: NodeId, field: string): FieldText | null;
  subscribe(listener: () => void): () => void;
  type(node: NodeId, field: string, text: string): void;
  /** Brings the text into the formula. False where that fails: the text then stays, with its problem. */
  take(node: NodeId, field: string): boolean;
  /** The person has left the field, or the field has gone: what was not refused before is taken. */
  left(node: NodeId, field: string): void;
  discard(node: NodeId, field: string): void;
  /** What the text of a port says; undefined where nothing is typed, or nothing that is taken. */
  literal(node: NodeId, field: string): Literal | undefined;
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

export function useFieldText(texts: FieldTexts, node: NodeId, field: string): FieldText | null {
  const read = (): FieldText | null => texts.read(node, field);
  return useSyncExternalStore(texts.subscribe, read, read);
}
