'use client';
import { Crosshair } from 'lucide-react';
import Link from 'next/link';
import { describeAnchor, type Anchor } from '#core/comment/anchor.ts';
import { useFormulaSession, useFormula } from '../session/use-session.ts';

/** What a thread is about: the way to it while it is there, what it was when it is not. */
export function AnchorHeading({ anchor }: { readonly anchor: Anchor }) {
  const session = useFormulaSession();
  const formula = useFormula();
  const { title, code, isGone } = describeAnchor(anchor, formula);
  const nodeId = anchor.kind === 'formula' ? null : anchor.nodeId;
  return (
    <>
      {nodeId !== null && !isGone ? (
        <button
          type="button"
          className="flex max-w-full items-center gap-1.5 rounded-sm font-semibold hover:underline"
          onClick={() => session.reveal({ node: nodeId })}
        >
          <Crosshair className="size-3.5 shrink-0 text-faint" aria-hidden />
          <span className="truncate">{title}</span>
        </button>
      ) : (
        <h3 className="truncate font-semibold">
          {title}
          {isGone ? <span className="ml-1.5 text-xs font-normal text-faint">deleted</span> : null}
        </h3>
      )}
      {anchor.kind === 'change' ? (
        <p className="mt-1 text-2xs text-faint">
          On the change <span className="wrap-anywhere text-muted">{code}</span> in a{' '}
          <Link className="underline" href={`/reviews/${anchor.reviewId}`}>
            review
          </Link>
        </p>
      ) : isGone && code ? (
        <p className="mt-1 text-2xs text-faint">
          It was <code className="rounded-sm bg-sunken px-1 wrap-anywhere text-muted">{code}</code>
        </p>
      ) : null}
    </>
  );
}
