'use client';
import { useEffect } from 'react';
import { useStored } from '#ui/hooks/use-stored.ts';

export const TONE_CHOICES = ['green-up', 'red-up', 'blue-orange'] as const;
export type ToneChoice = (typeof TONE_CHOICES)[number];

export const useTones = (): readonly [ToneChoice, (choice: ToneChoice) => void] => useStored('tones', TONE_CHOICES);

/** Puts the person's colours for up and down on the page. */
export function Tones() {
  const [tones] = useTones();
  useEffect(() => {
    document.documentElement.dataset.tones = tones;
    window.dispatchEvent(new Event('alphaloom:tones'));
  }, [tones]);
  return null;
}
