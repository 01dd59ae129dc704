'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect, useMemo, useState } from 'react';
import type { Command, Found } from '#commands/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { thingCommand } from './thing-command.tsx';

/** So long after the last key people are asked for: between keys of somebody who types there is less. */
const REST_MS = 120;
const LONGEST_QUERY = 100;
const NONE: readonly Command[] = [];
const NOTHING: Found = { things: NONE, isFinding: false, problem: null };

/** Formulas, versions, backtests, bots and markets by name, a moment after the last key. */
export function useThings(query: string): Found {
  const trpc = useTRPC();
  const router = useRouter();
  const wanted = query.trim().slice(0, LONGEST_QUERY);
  const [asked, ask] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => ask(wanted), REST_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  const { data, isFetching, isPaused, error } = useQuery(
    trpc.search.find.queryOptions({ query: asked }, { enabled: asked !== '', placeholderData: keepPreviousData }),
  );
  const things = useMemo(
    () => data?.map((thing) => thingCommand(thing, (address) => router.push(address))) ?? NONE,
    [data, router],
  );
  if (wanted === '') return NOTHING;
  const isFinding = !isPaused && (isFetching || asked !== wanted);
  return { things, isFinding, problem: isFinding ? null : problemOf(isPaused, error) };
}

function problemOf(isPaused: boolean, error: { readonly message: string } | null): string | null {
  if (isPaused) return 'Offline: strategies, backtests, bots and markets are looked up once there is a connection.';
  return error === null ? null : `Strategies, backtests, bots and markets could not be looked up. ${error.message}`;
}
