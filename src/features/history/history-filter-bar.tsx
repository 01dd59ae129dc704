'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#trpc/client.ts';
import { Input } from '#ui/controls/input.tsx';
import { Select } from '#ui/controls/select.tsx';
import type { HistoryFilter } from './use-history.ts';

interface HistoryFilterBarProps {
  readonly formulaId: string;
  readonly filter: HistoryFilter;
  readonly onChange: (filter: HistoryFilter) => void;
}

/** Stands for no choice: a select has no empty value. */
const ANY = '\u0000any';
const chosen = (value: string): string => (value === ANY ? '' : value);

const HAVING = [
  { value: ANY, label: 'All versions' },
  { value: 'bots', label: 'With bots' },
  { value: 'runs', label: 'With runs' },
];

export function HistoryFilterBar({ formulaId, filter, onChange }: HistoryFilterBarProps) {
  const trpc = useTRPC();
  const about = useQuery(trpc.history.about.queryOptions({ formulaId }));
  const { authors = [], tags = [] } = about.data ?? {};
  const offered = (all: string, values: readonly string[]) => [
    { value: ANY, label: all },
    ...values.map((value) => ({ value, label: value })),
  ];
  return (
    <div role="search" className="flex flex-wrap items-center gap-2">
      <Input
        type="search"
        aria-label="Search the versions"
        placeholder="Message, name, tag, author or v12"
        className="max-w-70"
        maxLength={200}
        value={filter.q}
        onChange={(event) => onChange({ ...filter, q: event.target.value })}
      />
      <Select
        aria-label="Author"
        className="max-w-40"
        value={filter.author || ANY}
        onChange={(author) => onChange({ ...filter, author: chosen(author) })}
        options={offered('Everybody', authors)}
      />
      {tags.length > 0 || filter.tag !== '' ? (
        <Select
          aria-label="Tag"
          className="max-w-36"
          value={filter.tag || ANY}
          onChange={(tag) => onChange({ ...filter, tag: chosen(tag) })}
          options={offered('Any tag', tags)}
        />
      ) : null}
      <Select
        aria-label="What belongs to it"
        className="max-w-36"
        value={filter.having || ANY}
        onChange={(having) => onChange({ ...filter, having: chosen(having) })}
        options={HAVING}
      />
    </div>
  );
}
