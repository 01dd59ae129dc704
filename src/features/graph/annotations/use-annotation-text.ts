'use client';
import { useEffect } from 'react';
import type { AnnotationId } from '#core/formula/model/annotations.ts';
import { useGraphParts } from '../context.ts';
import { NO_FIELD_TEXTS, useFieldText } from '../field-texts.ts';
import { useNaming } from '../graph-provider.tsx';

/** The text of a frame or a note while it is typed in place: kept from the first key on, as those of nodes are. */
export function useAnnotationText(id: AnnotationId, field: '@title' | '@text', said: string) {
  const texts = useGraphParts().gestures?.texts ?? NO_FIELD_TEXTS;
  const typed = useFieldText(texts, id, field);
  const { rename } = useNaming();
  // A frame or a note that goes away while it is typed is left: no blur tells of that.
  useEffect(() => () => texts.left(id, field), [texts, id, field]);
  return {
    text: typed?.text ?? said,
    type: (text: string) => texts.type(id, field, text),
    end: (what: 'keep' | 'discard') => {
      if (what === 'discard' || typed?.text === said) texts.discard(id, field);
      else texts.left(id, field);
      rename(null);
    },
  };
}
