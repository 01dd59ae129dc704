import type { ReactNode } from 'react';
import { SettingsIndex } from '#features/settings/index.ts';

export default function Layout({ children }: { readonly children: ReactNode }) {
  return <SettingsIndex>{children}</SettingsIndex>;
}
