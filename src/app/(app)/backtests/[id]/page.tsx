import type { Metadata } from 'next';
import { BacktestPage } from '#features/backtests/index.ts';

export const metadata: Metadata = { title: 'Backtest' };

export default async function Page({ params }: { readonly params: Promise<{ id: string }> }) {
  return <BacktestPage id={(await params).id} />;
}
