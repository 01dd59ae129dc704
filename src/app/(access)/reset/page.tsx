import type { Metadata } from 'next';
import { ResetPage } from '#features/access/index.ts';

export const metadata: Metadata = { title: 'New password' };

export default function Page() {
  return <ResetPage />;
}
