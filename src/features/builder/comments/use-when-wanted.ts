'use client';
import { useState } from 'react';
import { useCommentPlaces } from './provider.tsx';

/**
 * Brings the panel into sight whenever a conversation is opened in it: `show` sets the state of the calling component.
 */
export function useWhenWanted(show: () => void): void {
  const { wanted } = useCommentPlaces();
  const [shown, setShown] = useState<string | null>(null);
  if (wanted === shown) return;
  setShown(wanted);
  if (wanted !== null) show();
}
