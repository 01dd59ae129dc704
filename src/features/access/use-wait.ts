'use client';
import { useEffect, useState } from 'react';
import { secondsToWait } from './form-problems.ts';

/** Seconds until the form may be sent again after this error, counted down; 0 when it may. */
export function useWait(error: unknown): number {
  const [left, setLeft] = useState<{ readonly error: unknown; readonly seconds: number } | null>(null);
  useEffect(() => {
    const seconds = secondsToWait(error);
    if (seconds === 0) return undefined;
    const end = Date.now() + seconds * 1000;
    const timer = setInterval(
      () => setLeft({ error, seconds: Math.max(0, Math.ceil((end - Date.now()) / 1000)) }),
      250,
    );
    return () => clearInterval(timer);
  }, [error]);
  return left !== null && left.error === error ? left.seconds : secondsToWait(error);
}

/** `2:05` for more than a minute, `9 s` for less. */
export const writeWait = (seconds: number): string =>
  seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
