import type { Metadata } from 'next';
import { Suspense } from 'react';
import { ComparePage } from '#features/backtests/index.ts';

export const metadata: Metadata = { title: 'Compare backtests' };

export default function Page() {
  return (
    <Suspense>
      <ComparePage />
    </Suspense>
  );
}
