import { QueryClient } from '@tanstack/react-query';
import { appCodeOf } from './explain-error.ts';

// What the server refused will be refused again; only a lost connection is worth another try.
const retry = (failures: number, error: Error): boolean => appCodeOf(error) === null && failures < 2;

/** The cache of one tab. The live stream keeps it fresh, so that it need not ask again on every focus. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry, refetchOnWindowFocus: false } } });
