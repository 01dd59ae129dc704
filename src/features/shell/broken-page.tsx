'use client';
import { useQueryClient } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { useEffect } from 'react';
import { Button } from '#ui/controls/button.tsx';
import { Trouble } from './trouble.tsx';

interface BrokenPageProps {
  /** Of the server, when the page broke there: the failure is in its log under it. */
  readonly digest: string | undefined;
  readonly onRetry: () => void;
  readonly isPage?: boolean;
}

/** A page that broke while it was drawn. */
export function BrokenPage({ digest, onRetry, isPage = false }: BrokenPageProps) {
  const queryClient = useQueryClient();
  // What it was drawn from may be what broke it: nobody shows that any more, so it is asked for anew.
  useEffect(() => queryClient.removeQueries({ type: 'inactive' }), [queryClient]);
  return (
    <Trouble
      icon={<CircleAlert />}
      title="This page broke"
      isPage={isPage}
      action={
        <Button look="primary" onClick={onRetry}>
          Try again
        </Button>
      }
    >
      That is a mistake of ours. What you have changed is kept. If it happens again, tell us what you did
      {digest === undefined ? (
        '.'
      ) : (
        <>
          , and the number <code>{digest}</code>.
        </>
      )}
    </Trouble>
  );
}
