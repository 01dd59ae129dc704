import type { Metadata } from 'next';
import { FormulasPage } from '#features/formulas/index.ts';

export const metadata: Metadata = { title: 'Strategies' };

export default function Page() {
  return <FormulasPage />;
}
