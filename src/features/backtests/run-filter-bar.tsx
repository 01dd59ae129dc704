'use client';
import { useSearchKey } from '#commands/index.ts';
import { Select } from '#ui/controls/select.tsx';
import { foundCount, ListSearch } from '#ui/data/list-search.tsx';
import { ANY_RUN, marketOf, type RunFilter } from './filter-runs.ts';
import { STATUS_WORDS } from './status-badge.tsx';

interface RunFilterBarProps {
  readonly rows: readonly {
    readonly formulaId: string;
    readonly formulaName: string;
    readonly symbol: string;
    readonly timeframe: string;
    readonly status: string;
  }[];
  readonly filter: RunFilter;
  readonly onChange: (filter: RunFilter) => void;
  readonly found: number;
  /** Whether there are older runs, which are not looked through. */
  readonly hasOlder: boolean;
}

/** No item of a select may be empty. */
const ANY = 'any';

/** Looks through the runs that are shown: by words, strategy, market and state. */
export function RunFilterBar({ rows, filter, onChange, found, hasOlder }: RunFilterBarProps) {
  const search = useSearchKey('Search the runs');
  const formulas = [...new Map(rows.map(({ formulaId, formulaName }) => [formulaId, formulaName]))].toSorted((a, b) =>
    a[1].localeCompare(b[1]),
  );
  const markets = [...new Set(rows.map(marketOf))].toSorted();
  const choice = (
    label: string,
    key: 'strategy' | 'market' | 'status',
    options: readonly (readonly [string, string])[],
  ) => (
    <Select
      aria-label={label}
      className="w-40!"
      value={filter[key] === '' ? ANY : filter[key]}
      onChange={(value) => onChange({ ...filter, [key]: value === ANY ? '' : value })}
      options={[{ value: ANY, label: `${label}: any` }, ...options.map(([value, text]) => ({ value, label: text }))]}
    />
  );
  const isFiltered = Object.values(filter).some((part) => part !== '');
  return (
    <div role="search" aria-label="Runs" className="flex flex-wrap items-center gap-2 pb-3">
      <ListSearch
        inputRef={search}
        label="Search the runs"
        placeholder="Name, input, cost, person"
        value={filter.q}
        onChange={(q) => onChange({ ...filter, q })}
      />
      {choice('Strategy', 'strategy', formulas)}
      {choice(
        'Market',
        'market',
        markets.map((market) => [market, market]),
      )}
      {choice('Status', 'status', Object.entries(STATUS_WORDS))}
      {isFiltered ? (
        <span role="status" className="flex items-center gap-2 text-xs text-muted">
          {foundCount({ found, of: rows.length, hasOlder })}
          <button type="button" className="text-accent-text underline" onClick={() => onChange(ANY_RUN)}>
            Show all
          </button>
        </span>
      ) : null}
    </div>
  );
}
