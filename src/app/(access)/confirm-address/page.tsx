import type { Metadata } from 'next';
import { ConfirmLinkPage } from '#features/access/index.ts';

export const metadata: Metadata = { title: 'Another address' };

export default function Page() {
  return <ConfirmLinkPage what="agree" />;
}
