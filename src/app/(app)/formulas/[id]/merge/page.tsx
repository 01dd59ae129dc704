import type { Metadata } from 'next';
import { MergePage } from '#features/merge/index.ts';

export const metadata: Metadata = { title: 'Merge' };

interface PageProps {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: Promise<{ from?: string | string[] }>;
}

export default async function Page({ params, searchParams }: PageProps) {
  const [{ id }, { from }] = [await params, await searchParams];
  return <MergePage into={id} from={typeof from === 'string' ? from : ''} />;
}
