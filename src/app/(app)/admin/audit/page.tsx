import type { Metadata } from 'next';
import { AdminAuditPage } from '#features/admin/index.ts';

export const metadata: Metadata = { title: 'Audit of the installation' };

export default function Page() {
  return <AdminAuditPage />;
}
