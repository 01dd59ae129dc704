import type { Metadata } from 'next';
import { TeamPage } from '#features/team/index.ts';

export const metadata: Metadata = { title: 'Team' };

export default function Page() {
  return <TeamPage />;
}
