import type { Metadata } from 'next';
import { Suspense } from 'react';
import { ComparePage } from '#features/compare/index.ts';

export const metadata: Metadata = { title: 'Compare versions' };

export default async function Page({ params }: { readonly params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <Suspense>
      <ComparePage formulaId={id} />
    </Suspense>
  );
}
