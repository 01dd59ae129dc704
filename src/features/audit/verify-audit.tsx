'use client';
import { useMutation } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { explainError } from '#trpc/explain-error.ts';
import type { Outputs } from '#trpc/types.ts';
import { Button } from '#ui/controls/button.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { formatTime } from '#ui/format/format-time.ts';

type Verified = Outputs['audit']['verify'];

const count = (n: number, what: string): string => `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;

/** What was found, in words. */
function wordsOf({ rows, erased, older, head }: Verified): string {
  const parts = [
    `${count(rows, 'row')} ${rows === 1 ? 'is' : 'are'} as they were written.`,
    ...(erased > 0 ? [`From ${count(erased, 'row')} a person was erased; their places hold.`] : []),
    ...(older > 0
      ? [`${count(older, 'row')} ${older === 1 ? 'is' : 'are'} older than the chain: of these nothing can be said.`]
      : []),
    ...(head ? [`The chain ends with row ${head.sequence.toLocaleString('en')}, ${head.hash.slice(0, 16)}….`] : []),
  ];
  return parts.join(' ');
}

function whereOf({ sequence, at, action, why }: NonNullable<Verified['broken']>): string {
  const what = at === null ? '' : ` (${action ?? ''}, ${formatTime(at, 'second')})`;
  return `Row ${sequence.toLocaleString('en')}${what}: ${why}. Everything behind it can't be trusted either. Compare with a backup, and ask who can write to the database.`;
}

/** Has the server read the whole chain, and says what it found. */
export function VerifyAudit({ verify }: { readonly verify: () => Promise<Verified> }) {
  const verification = useMutation({ mutationFn: verify });
  const { data } = verification;
  return (
    <div className="min-w-0 space-y-2" aria-live="polite">
      <Button icon={<ShieldCheck />} busy={verification.isPending} onClick={() => verification.mutate()}>
        Verify the chain
      </Button>
      {verification.isError ? (
        <Problem title={explainError(verification.error).title}>{explainError(verification.error).advice}</Problem>
      ) : null}
      {data?.broken ? <Problem title="The audit trail was changed">{whereOf(data.broken)}</Problem> : null}
      {data && !data.broken ? <p className="text-muted">{wordsOf(data)}</p> : null}
    </div>
  );
}
