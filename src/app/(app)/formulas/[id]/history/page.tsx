import type { Metadata } from 'next';
import { HistoryPage } from '#features/history/index.ts';

export const metadata: Metadata = { title: 'History' };

export default async function Page({ params }: { readonly params: Promise<{ id: string }> }) {
  return <HistoryPage formulaId={(await params).id} />;
}
