import type { Metadata } from 'next';
import { findBlock } from '#core/formula/blocks/catalogue.ts';
import { ReferencePage } from '#features/reference/index.ts';

interface Props {
  readonly params: Promise<{ block?: string[] }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [name] = (await params).block ?? [];
  return { title: findBlock(name ?? '')?.title ?? 'Reference' };
}

export default function Page() {
  return <ReferencePage />;
}
