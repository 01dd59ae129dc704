import type { Metadata } from 'next';
import { AdminOverviewPage } from '#features/admin/index.ts';

export const metadata: Metadata = { title: 'Installation' };

export default function Page() {
  return <AdminOverviewPage />;
}
