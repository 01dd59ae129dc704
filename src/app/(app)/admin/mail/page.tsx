import type { Metadata } from 'next';
import { AdminMailPage } from '#features/admin/index.ts';

export const metadata: Metadata = { title: 'Mail' };

export default function Page() {
  return <AdminMailPage />;
}
