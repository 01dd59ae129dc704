import type { Metadata } from 'next';
import { AdminUsersPage } from '#features/admin/index.ts';

export const metadata: Metadata = { title: 'Users' };

export default function Page() {
  return <AdminUsersPage />;
}
