'use client';
import { useEffect } from 'react';

/**
 * Escape lets go of what the pointer holds, before the key means anything else. `letGo` says whether something was
 * held.
 */
export function useLetGo(letGo: () => boolean): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && letGo()) event.stopPropagation();
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [letGo]);
}
