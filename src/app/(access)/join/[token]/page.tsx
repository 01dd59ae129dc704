import { redirect } from 'next/navigation';

/** Links were so while their token stood in the path. */
export default async function Page({ params }: { readonly params: Promise<{ token: string }> }) {
  redirect(`/join#${(await params).token}`);
}
