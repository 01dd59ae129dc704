import type { Metadata } from 'next';
import { JoinPage } from '#features/access/index.ts';

export const metadata: Metadata = { title: 'Join', referrer: 'no-referrer' };

export default function Page() {
  return <JoinPage />;
}
