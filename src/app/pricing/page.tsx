import type { Metadata } from 'next';
import { PricingPage } from '#features/billing/index.ts';

export const metadata: Metadata = { title: 'Plans and prices' };

export default function Page() {
  return <PricingPage />;
}
