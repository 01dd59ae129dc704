import { toast } from '#ui/feedback/toaster.tsx';

/** Pages on which people sign in or register: there, a refusal is about what was typed. */
const ACCESS = /^\/(sign-in|register|join|forgot|reset|verify|confirm-address)(\/|$)/;

/** The page on which somebody signs in, and which then leads back to this place. */
export const signInPath = ({ pathname, search }: Pick<Location, 'pathname' | 'search'>): string | null =>
  ACCESS.test(pathname) ? null : `/sign-in?next=${encodeURIComponent(pathname + search)}`;

/** Says that the session has ended, until the person signs in: whatever they asked for could not be done. */
export function offerSignIn(): void {
  const path = signInPath(location);
  if (path === null) return;
  toast.error('You are signed out', {
    id: 'signed-out',
    duration: Infinity,
    description: 'Sign in, and you come back to this page. What you typed into the strategy is kept.',
    action: { label: 'Sign in', onClick: () => location.assign(path) },
    // Above a dialog, too, which takes the pointer from all that is not in the dialog.
    className: 'pointer-events-auto!',
  });
}
