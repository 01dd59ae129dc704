import type { Metadata } from 'next';
import { BacktestsPage } from '#features/backtests/index.ts';

export const metadata: Metadata = { title: 'Backtests' };

export default function Page() {
  return <BacktestsPage />;
}
