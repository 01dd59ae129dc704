import type { Metadata } from 'next';
import { FormulasPage } from '#features/formulas/index.ts';

export const metadata: Metadata = { title: 'Formulas' };

export default function Page() {
  return <FormulasPage />;
}
