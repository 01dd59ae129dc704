import type { Metadata } from 'next';
import { JoinPage } from '#features/access/index.ts';

export const metadata: Metadata = { title: 'Join', referrer: 'no-referrer' };

export default async function Page({ params }: { readonly params: Promise<{ token: string }> }) {
  return <JoinPage token={(await params).token} />;
}
