'use client';
import { BrokenPage } from '#features/shell/index.ts';

export default function RootError({
  error,
  reset,
}: {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}) {
  return <BrokenPage digest={error.digest} onRetry={reset} isPage />;
}
