import type { Metadata } from 'next';
import { AdminOrganisationsPage } from '#features/admin/index.ts';

export const metadata: Metadata = { title: 'Organisations' };

export default function Page() {
  return <AdminOrganisationsPage />;
}
