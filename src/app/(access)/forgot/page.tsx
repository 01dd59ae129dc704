import type { Metadata } from 'next';
import { ForgotPage } from '#features/access/index.ts';

export const metadata: Metadata = { title: 'Forgotten password' };

export default function Page() {
  return <ForgotPage />;
}
