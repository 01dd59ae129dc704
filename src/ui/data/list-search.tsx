'use client';
import type { Ref } from 'react';
import { Input } from '../controls/input.tsx';

interface ListSearchProps {
  /** As in "Search the bots"; the placeholder says what it looks at. */
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** The search of a list: Escape empties it. */
export function ListSearch({ label, placeholder, value, onChange, inputRef }: ListSearchProps) {
  return (
    <Input
      ref={inputRef}
      type="search"
      aria-label={label}
      placeholder={placeholder}
      className="max-w-70"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onChange('');
      }}
    />
  );
}

interface FoundCountProps {
  readonly found: number;
  readonly of: number;
  /** Whether there are older ones, which were not looked at. */
  readonly hasOlder?: boolean;
}

/** How many of a list a search has found, in words. */
export const foundCount = ({ found, of, hasOlder = false }: FoundCountProps): string =>
  `${found.toLocaleString('en')} of ${hasOlder ? 'the newest ' : ''}${of.toLocaleString('en')}`;
