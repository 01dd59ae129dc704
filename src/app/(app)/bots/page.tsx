import type { Metadata } from 'next';
import { BotsPage } from '#features/bots/index.ts';

export const metadata: Metadata = { title: 'Bots' };

export default function Page() {
  return <BotsPage />;
}
