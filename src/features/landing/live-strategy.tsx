'use client';
import { useEffect, useState } from 'react';
import { ShownStrategy } from '#features/builder/index.ts';

/** How long the browser may take over what is more urgent, in milliseconds. */
const LATEST_MS = 2000;

/** The product at work: fetched when the page is there and idle, so that nobody waits for it. */
export function LiveStrategy() {
  const [isWanted, setIsWanted] = useState(false);
  useEffect(() => {
    // Safari has no idle callbacks.
    if (typeof requestIdleCallback === 'undefined') {
      const timer = setTimeout(() => setIsWanted(true), LATEST_MS / 10);
      return () => clearTimeout(timer);
    }
    const handle = requestIdleCallback(() => setIsWanted(true), { timeout: LATEST_MS });
    return () => cancelIdleCallback(handle);
  }, []);
  return (
    <section aria-label="An example strategy" className="min-h-146 min-w-0">
      {isWanted ? <ShownStrategy /> : null}
    </section>
  );
}
