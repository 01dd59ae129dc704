/** Says that a list is not all there is; nothing where it is. */
export function FirstOf({
  shown,
  count,
  what,
}: {
  readonly shown: number;
  readonly count: number;
  readonly what: string;
}) {
  if (shown >= count) return null;
  return (
    <p className="border-b px-4 py-2 text-muted">
      The first {shown.toLocaleString('en-US')} of {count.toLocaleString('en-US')} {what}. The export has all of them.
    </p>
  );
}
