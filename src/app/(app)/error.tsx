'use client';
import { BrokenPage } from '#features/shell/index.ts';

export default function PageError({
  error,
  reset,
}: {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}) {
  return <BrokenPage digest={error.digest} onRetry={reset} />;
}
