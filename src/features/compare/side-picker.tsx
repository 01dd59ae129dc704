'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#trpc/client.ts';
import { Select, type Option } from '#ui/controls/select.tsx';
import { DRAFT, sideFrom, valueOf, type AskedSide } from './asked.ts';

interface SidePickerProps {
  /** What a screen reader calls it: `From`, `To`. */
  readonly label: string;
  readonly side: AskedSide;
  readonly onChange: (side: AskedSide) => void;
  /** Whether another strategy may be chosen. */
  readonly hasStrategies?: boolean;
}

/** The newest versions are offered; older ones are reached from the list of versions. */
const MOST_OFFERED = 200;

/** Chooses a strategy, and one of its versions or its draft. */
export function SidePicker({ label, side, onChange, hasStrategies = false }: SidePickerProps) {
  const trpc = useTRPC();
  const { formulaId } = side;
  const versions = useQuery(trpc.version.list.queryOptions({ formulaId, limit: MOST_OFFERED }));
  const formulas = useQuery(trpc.formula.list.queryOptions(undefined, { enabled: hasStrategies }));
  const asked = useQuery(
    trpc.version.get.queryOptions(
      { id: side.kind === 'version' ? side.versionId : '' },
      { enabled: side.kind === 'version', staleTime: Infinity, retry: false },
    ),
  );
  const listed = versions.data ?? [];
  const isOlder = side.kind === 'version' && !listed.some(({ id }) => id === side.versionId);
  const options: Option<string>[] = [
    { value: DRAFT, label: 'Draft', hint: 'as it is now, followed live' },
    ...listed.map(({ id, number, message }) => ({
      value: id,
      label: `v${number}`,
      ...(message === '' ? {} : { hint: message }),
    })),
    ...(isOlder && asked.data ? [{ value: asked.data.id, label: `v${asked.data.number}` }] : []),
  ];
  return (
    <span className="inline-flex min-w-0 items-center gap-2">
      <span className="text-xs text-faint">{label}</span>
      {hasStrategies ? (
        <Select
          aria-label={`${label}: strategy`}
          className="w-48! max-w-[40vw]"
          value={formulaId}
          onChange={(id) => onChange(sideFrom(id, DRAFT))}
          options={(formulas.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
      ) : null}
      <Select
        aria-label={`${label}: version`}
        className="w-32!"
        value={valueOf(side)}
        onChange={(value) => onChange(sideFrom(formulaId, value))}
        options={options}
      />
    </span>
  );
}
