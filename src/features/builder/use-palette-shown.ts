'use client';
import { useCallback } from 'react';
import { useStored } from '#ui/hooks/use-stored.ts';

/** From this width on there is room for the blocks beside a graph that can be read. */
const WIDE = 1700;
const CHOICES = ['by width', 'shown', 'hidden'] as const;

/** Whether the blocks stand beside the canvas. Until somebody chooses, they do where the window is wide; this browser remembers the choice. */
export function usePaletteShown(): readonly [boolean, () => void] {
  const [choice, choose] = useStored('blocks', CHOICES);
  const isShown =
    choice === 'shown' || (choice === 'by width' && typeof window !== 'undefined' && window.innerWidth >= WIDE);
  return [isShown, useCallback(() => choose(isShown ? 'hidden' : 'shown'), [choose, isShown])];
}
