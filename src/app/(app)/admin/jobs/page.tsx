import type { Metadata } from 'next';
import { AdminJobsPage } from '#features/admin/index.ts';

export const metadata: Metadata = { title: 'Jobs' };

export default function Page() {
  return <AdminJobsPage />;
}
