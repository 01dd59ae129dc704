import type { Metadata } from 'next';
import { SandboxPage } from '#features/builder/index.ts';

export const metadata: Metadata = { title: 'Try a strategy' };

export default function Page() {
  return <SandboxPage />;
}
