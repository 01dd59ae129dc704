import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { appCodeOf } from './explain-error.ts';
import { offerSignIn } from './offer-sign-in.ts';

// What the server refused will be refused again; only a lost connection is worth another try.
const retry = (failures: number, error: Error): boolean => appCodeOf(error) === null && failures < 2;

const onError = (error: Error): void => {
  if (appCodeOf(error) === 'UNAUTHENTICATED') offerSignIn();
};

/** The cache of one tab. The live stream keeps it fresh, so that it need not ask again on every focus. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: { queries: { staleTime: 30_000, retry, refetchOnWindowFocus: false } },
    // Wherever a session's end shows, there is a way on.
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
  });
