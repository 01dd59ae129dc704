import type { Metadata } from 'next';
import { Suspense } from 'react';
import { SignInForm } from '#features/access/index.ts';

export const metadata: Metadata = { title: 'Sign in' };

export default function Page() {
  return (
    <Suspense>
      <SignInForm />
    </Suspense>
  );
}
