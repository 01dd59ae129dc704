import type { Metadata } from 'next';
import { DocumentsPage } from '#features/documents/index.ts';

export const metadata: Metadata = { title: 'Documents' };

export default function Page() {
  return <DocumentsPage />;
}
