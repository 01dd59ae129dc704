import type { ReactNode } from 'react';
import { AppShell } from '#features/shell/index.ts';

export default function Layout({ children }: { readonly children: ReactNode }) {
  return <AppShell>{children}</AppShell>;
}
