'use client';
import { useEffect } from 'react';

/** Names the tab of the browser after what is open there, once its name is known. */
export function useTitle(name: string | undefined): void {
  useEffect(() => {
    if (name !== undefined) document.title = `${name} · Alphaloom`;
  }, [name]);
}
