import type { Metadata } from 'next';
import { BuilderPage } from '#features/builder/index.ts';

export const metadata: Metadata = { title: 'Strategy' };

export default async function Page({ params }: { readonly params: Promise<{ id: string }> }) {
  return <BuilderPage formulaId={(await params).id} />;
}
