'use client';
import { Building2 } from 'lucide-react';
import { Button } from '#ui/controls/button.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { useSession, type Session } from '../session.tsx';
import { useSwitching } from './switching.tsx';

/**
 * Windows of one browser work in one organisation: another window has switched, and what was open here is not there.
 */
export function MovedAway({ from }: { readonly from: Session['org'] }) {
  const { org, organisations } = useSession();
  const { switchTo } = useSwitching();
  return (
    <main className="flex h-dvh items-center justify-center p-4">
      <EmptyState
        icon={<Building2 />}
        title={`You work in ${org.name} now`}
        action={
          <span className="flex flex-wrap justify-center gap-2">
            <Button onClick={() => location.assign('/formulas')}>Go on in {org.name}</Button>
            {organisations.some(({ id }) => id === from.id) ? (
              <Button look="primary" onClick={() => switchTo(from.id, location.href)}>
                Back to {from.name}
              </Button>
            ) : null}
          </span>
        }
      >
        Another window of this browser switched, and all of its windows work in one organisation. What was open here
        belongs to {from.name}, and is kept.
      </EmptyState>
    </main>
  );
}
