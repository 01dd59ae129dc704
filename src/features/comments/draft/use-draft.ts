'use client';
import { useCallback, useState } from 'react';
import { z } from 'zod';
import { KEPT_TEXTS } from '#ui/kept/kept-texts.ts';
import { keepItem } from '../keep-item.ts';
import { EMPTY_DRAFT, type Draft } from './draft.ts';

const stored = z.object({
  text: z.string(),
  mentions: z.array(z.object({ from: z.int().min(0), to: z.int().min(0), userId: z.string() })),
});

/** Storage is anybody's: what is no draft is as good as none. */
function readDraft(json: string | null): Draft {
  try {
    const { data } = stored.safeParse(JSON.parse(json ?? 'null'));
    return data && data.mentions.every(({ from, to }) => from < to && to <= data.text.length) ? data : EMPTY_DRAFT;
  } catch {
    return EMPTY_DRAFT;
  }
}

const KEY = KEPT_TEXTS.comment;

/** Keeps a text in this browser for a place; an empty one keeps nothing. */
export function keepDraft(
  place: string,
  draft: Draft,
  storage: Pick<Storage, 'setItem' | 'removeItem'> = localStorage,
): void {
  if (draft.text === '') storage.removeItem(KEY + place);
  else keepItem(storage, KEY + place, JSON.stringify(draft));
}

const keptDraft = (place: string): Draft => readDraft(localStorage.getItem(KEY + place));

/** Whether something unsent is kept for a place. */
export const hasDraft = (place: string): boolean => keptDraft(place).text.trim() !== '';

/**
 * What is being written at a place, kept in this browser until it is sent. Give the component that writes it the place
 * as its key.
 */
export function useDraft(place: string, first: Draft = EMPTY_DRAFT): readonly [Draft, (draft: Draft) => void] {
  const [draft, setDraft] = useState(() => (hasDraft(place) ? keptDraft(place) : first));
  const change = useCallback(
    (next: Draft) => {
      setDraft(next);
      keepDraft(place, next);
    },
    [place],
  );
  return [draft, change];
}
