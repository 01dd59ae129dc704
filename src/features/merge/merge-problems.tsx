import { useMemo } from 'react';
import { check } from '#core/formula/check/check.ts';
import type { Formula } from '#core/formula/model/formula.ts';

/** Problems that the merge would make: neither side may have them alone. */
export function MergeProblems({ before, after }: { readonly before: Formula; readonly after: Formula }) {
  const problems = useMemo(() => {
    const known = new Set(check(before).diagnostics.map(({ message }) => message));
    return check(after).diagnostics.filter(({ message }) => !known.has(message));
  }, [before, after]);
  if (problems.length === 0) return null;
  return (
    <section aria-label="Problems of the result" className="mx-4 mb-4 rounded-md border border-bad/50 p-2">
      <h2 className="font-semibold text-bad">The result has problems</h2>
      <ul className="text-sm">
        {problems.slice(0, 20).map(({ code, message, nodeId }) => (
          <li key={`${code} ${nodeId ?? ''} ${message}`}>{message}</li>
        ))}
      </ul>
    </section>
  );
}
