'use client';
import dynamic from 'next/dynamic';

/** In the browser alone, as the builder. */
export const LiveFormula = dynamic(async () => (await import('./live-formula.tsx')).LiveFormula, { ssr: false });
