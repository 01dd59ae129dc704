'use client';
import { Input } from '#ui/controls/input.tsx';
import { Select } from '#ui/controls/select.tsx';
import { ANY_RUN, marketOf, type RunFilter } from './filter-runs.ts';

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
}

/** No item of a select may be empty. */
const ANY = 'any';
const STATES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'];

/** Looks through the runs that are shown: by words, formula, market and state. */
export function RunFilterBar({ rows, filter, onChange, found }: RunFilterBarProps) {
  const formulas = [...new Map(rows.map(({ formulaId, formulaName }) => [formulaId, formulaName]))].toSorted((a, b) =>
    a[1].localeCompare(b[1]),
  );
  const markets = [...new Set(rows.map(marketOf))].toSorted();
  const choice = (
    label: string,
    key: 'formulaId' | 'market' | 'status',
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
      <Input
        type="search"
        aria-label="Search the runs"
        placeholder="Search the runs"
        className="w-56!"
        value={filter.words}
        onChange={(event) => onChange({ ...filter, words: event.target.value })}
      />
      {choice('Formula', 'formulaId', formulas)}
      {choice(
        'Market',
        'market',
        markets.map((market) => [market, market]),
      )}
      {choice(
        'Status',
        'status',
        STATES.map((status) => [status, status]),
      )}
      {isFiltered ? (
        <span role="status" className="flex items-center gap-2 text-xs text-muted">
          {found.toLocaleString('en')} of {rows.length.toLocaleString('en')}
          <button type="button" className="text-accent-text underline" onClick={() => onChange(ANY_RUN)}>
            Show all
          </button>
        </span>
      ) : null}
    </div>
  );
}
