import type { Metadata } from 'next';
import { PublicationsPage } from '#features/publications/index.ts';

export const metadata: Metadata = { title: 'Publications' };

export default async function Page({ params }: { readonly params: Promise<{ id: string }> }) {
  return <PublicationsPage formulaId={(await params).id} />;
}
