'use client';
import { useQuery } from '@tanstack/react-query';
import { Pencil } from 'lucide-react';
import Link from 'next/link';
import { useTRPC } from '#trpc/client.ts';
import { WorkLines } from './work-line.tsx';

/** The draft, and who has worked on it since the newest version. */
export function DraftRow({ formulaId, newestId }: { readonly formulaId: string; readonly newestId: string | null }) {
  const trpc = useTRPC();
  const about = useQuery(trpc.history.about.queryOptions({ formulaId }));
  const work = about.data?.work ?? [];
  return (
    <div className="flex items-start gap-2 border-b border-line/70 py-2 pr-2 pl-4">
      <Pencil className="mt-0.5 size-3.5 shrink-0 text-muted" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <Link href={`/formulas/${formulaId}`} className="font-semibold hover:underline">
            Draft
          </Link>
          {newestId !== null && work.length > 0 ? (
            <Link
              href={`/formulas/${formulaId}/compare?from=${newestId}&to=draft`}
              className="text-xs text-accent-text hover:underline"
            >
              What is new in it
            </Link>
          ) : null}
        </p>
        {work.length === 0 ? (
          <p className="text-2xs text-muted">No work since the newest version.</p>
        ) : (
          <WorkLines work={work} />
        )}
      </div>
    </div>
  );
}
