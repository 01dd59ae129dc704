import type { Metadata } from 'next';
import { SignalsPage } from '#features/signals/index.ts';

export const metadata: Metadata = { title: 'Signals' };

export default function Page() {
  return <SignalsPage />;
}
