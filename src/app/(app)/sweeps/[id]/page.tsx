import type { Metadata } from 'next';
import { SweepPage } from '#features/sweeps/index.ts';

export const metadata: Metadata = { title: 'Sweep' };

export default async function Page({ params }: { readonly params: Promise<{ id: string }> }) {
  return <SweepPage id={(await params).id} />;
}
