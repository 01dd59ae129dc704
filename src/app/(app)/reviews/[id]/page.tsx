import type { Metadata } from 'next';
import { ReviewPage } from '#features/reviews/index.ts';

export const metadata: Metadata = { title: 'Review' };

export default async function Page({ params }: { readonly params: Promise<{ id: string }> }) {
  return <ReviewPage id={(await params).id} />;
}
