'use client';
import { useQuery } from '@tanstack/react-query';
import { VersionPicker } from '#features/history/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { Select } from '#ui/controls/select.tsx';
import { DRAFT, sideFrom, type AskedSide } from './asked.ts';

interface SidePickerProps {
  /** What a screen reader calls it: `From`, `To`. */
  readonly label: string;
  readonly side: AskedSide;
  readonly onChange: (side: AskedSide) => void;
  /** Whether another strategy may be chosen. */
  readonly hasStrategies?: boolean;
}

/** Chooses a strategy, and one of its versions or its draft. */
export function SidePicker({ label, side, onChange, hasStrategies = false }: SidePickerProps) {
  const trpc = useTRPC();
  const { formulaId } = side;
  const formulas = useQuery(trpc.formula.list.queryOptions(undefined, { enabled: hasStrategies }));
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
      <VersionPicker
        label={`${label}: version`}
        className="w-32!"
        formulaId={formulaId}
        value={side.kind === 'version' ? side.versionId : null}
        onChange={(versionId) => onChange(sideFrom(formulaId, versionId ?? DRAFT))}
      />
    </span>
  );
}
