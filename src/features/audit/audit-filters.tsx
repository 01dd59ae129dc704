'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#trpc/client.ts';
import { Input } from '#ui/controls/input.tsx';
import { Select } from '#ui/controls/select.tsx';
import type { AuditFilter } from './audit-filter.ts';

const ANY = 'any';

/** What acts are about, by the word before the point. */
const KINDS = [
  'review',
  'version',
  'policy',
  'formula',
  'branch',
  'document',
  'comment',
  'thread',
  'bot',
  'backtest',
  'sweep',
  'market',
  'member',
  'invitation',
  'organisation',
  'session',
  'request',
  'access',
] as const;

interface AuditFiltersProps {
  readonly filter: AuditFilter;
  readonly onChange: (part: Partial<AuditFilter>) => void;
}

export function AuditFilters({ filter, onChange }: AuditFiltersProps) {
  const trpc = useTRPC();
  const team = useQuery(trpc.team.get.queryOptions());
  return (
    <div role="search" aria-label="Audit trail" className="flex flex-wrap items-center gap-2 pb-3">
      <Select
        aria-label="Who"
        className="w-44!"
        value={filter.who === '' ? ANY : filter.who}
        onChange={(who) => onChange({ who: who === ANY ? '' : who })}
        options={[
          { value: ANY, label: 'Who: anybody' },
          ...(team.data?.members ?? []).map(({ userId, name }) => ({ value: userId as string, label: name })),
        ]}
      />
      <Select
        aria-label="What"
        className="w-44!"
        value={filter.what === '' ? ANY : filter.what}
        onChange={(what) => onChange({ what: what === ANY ? '' : what })}
        options={[
          { value: ANY as string, label: 'What: anything' },
          ...KINDS.map((kind) => ({ value: kind as string, label: kind })),
        ]}
      />
      <Input
        aria-label="Which thing, by its id"
        placeholder="Id of a thing"
        className="w-56!"
        maxLength={200}
        value={filter.thing}
        onChange={(event) => onChange({ thing: event.target.value.trim() })}
      />
      <label className="flex items-center gap-1 text-xs text-muted">
        From
        <Input
          type="date"
          className="w-36!"
          value={filter.from}
          onChange={(event) => onChange({ from: event.target.value })}
        />
      </label>
      <label className="flex items-center gap-1 text-xs text-muted">
        to
        <Input
          type="date"
          className="w-36!"
          value={filter.to}
          onChange={(event) => onChange({ to: event.target.value })}
        />
      </label>
      <Input
        aria-label="From which address"
        placeholder="IP address"
        className="w-36!"
        maxLength={64}
        value={filter.ip}
        onChange={(event) => onChange({ ip: event.target.value.trim() })}
      />
      <Input
        aria-label="On which device"
        placeholder="Device"
        className="w-36!"
        maxLength={100}
        value={filter.device}
        onChange={(event) => onChange({ device: event.target.value })}
      />
      <Input
        aria-label="By which request"
        placeholder="Request id"
        className="w-44!"
        maxLength={100}
        value={filter.request}
        onChange={(event) => onChange({ request: event.target.value.trim() })}
      />
      <span className="text-xs text-faint">Days and times in UTC</span>
    </div>
  );
}
