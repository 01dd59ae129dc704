import type { Metadata } from 'next';
import { MarketsPage } from '#features/markets/index.ts';

export const metadata: Metadata = { title: 'Markets' };

export default function Page() {
  return <MarketsPage />;
}
