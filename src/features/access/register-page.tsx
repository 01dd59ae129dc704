import Link from 'next/link';
import { AccessFrame } from './access-frame.tsx';
import { RegisterForm } from './register-form.tsx';

export function RegisterPage() {
  return (
    <AccessFrame
      title="Create an account"
      lead="You get an organisation of your own; colleagues join it by a link."
      elsewhere={
        <>
          Have an account?{' '}
          <Link href="/sign-in" className="font-medium text-accent-text hover:underline">
            Sign in
          </Link>
        </>
      }
    >
      <RegisterForm />
    </AccessFrame>
  );
}
