'use client';
import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { ChevronDown } from 'lucide-react';
import { useDeferredValue, useState, type ReactNode } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { CONTROL } from '#ui/controls/input.tsx';
import { Age } from '#ui/data/time.tsx';
import { cx } from '#ui/format/cx.ts';
import { Popover } from '#ui/overlays/popover.tsx';
import { NO_FILTER, useHistory } from './use-history.ts';

interface VersionPickerProps {
  /** What a screen reader calls it. */
  readonly label: string;
  readonly formulaId: string;
  /** The id of a version; null is the draft. */
  readonly value: string | null;
  readonly onChange: (versionId: string | null) => void;
  readonly className?: string;
}

/** Names the draft within the list, where ids of versions are the names of the others. */
const DRAFT = 'draft';

/** Chooses the draft or any version, searched for on the server by words, name, tag, author or number. */
export function VersionPicker({ label, formulaId, value, onChange, className }: VersionPickerProps) {
  const trpc = useTRPC();
  const [isOpen, setOpen] = useState(false);
  const chosen = useQuery(
    trpc.version.get.queryOptions({ id: value ?? '' }, { enabled: value !== null, staleTime: Infinity, retry: false }),
  );
  const known = chosen.data ? `v${chosen.data.number}` : '…';
  const missing = chosen.isError ? 'No version' : known;
  const title = value === null ? 'Draft' : missing;
  return (
    <Popover
      label={`${label}: choose`}
      open={isOpen}
      onOpenChange={setOpen}
      className="w-80 max-w-[calc(100vw-16px)] p-0 overflow-hidden"
      trigger={
        <button
          type="button"
          aria-label={`${label}: ${title}`}
          className={cx(CONTROL, 'inline-flex items-center justify-between gap-2 text-left', className)}
        >
          <span className="truncate">{title}</span>
          <ChevronDown className="size-3.5 shrink-0 text-faint" aria-hidden />
        </button>
      }
    >
      <Versions
        label={label}
        formulaId={formulaId}
        chosen={value ?? DRAFT}
        onPick={(picked) => {
          setOpen(false);
          onChange(picked);
        }}
      />
    </Popover>
  );
}

interface VersionsProps extends Pick<VersionPickerProps, 'label' | 'formulaId'> {
  readonly chosen: string;
  readonly onPick: (versionId: string | null) => void;
}

function Versions({ label, formulaId, chosen, onPick }: VersionsProps) {
  const [text, setText] = useState('');
  const { rows, error, isPending, isMore, isFetchingMore, fetchMore } = useHistory(formulaId, {
    ...NO_FILTER,
    q: useDeferredValue(text),
  });
  const isSearch = text.trim() !== '';
  return (
    <Command shouldFilter={false} defaultValue={chosen} label={label}>
      <Command.Input
        autoFocus
        value={text}
        maxLength={200}
        onValueChange={setText}
        placeholder="Message, name, tag, author or v12"
        className="h-10 w-full border-b bg-transparent px-3 outline-none placeholder:text-faint"
      />
      <Command.List className="max-h-80 overflow-y-auto p-1">
        {isSearch ? null : (
          <Item value={DRAFT} isChosen={chosen === DRAFT} onSelect={() => onPick(null)} title="Draft">
            as it is now, followed live
          </Item>
        )}
        {rows.map(({ id, number, name, message, author, at }) => (
          <Item
            key={id}
            value={id}
            isChosen={chosen === id}
            onSelect={() => onPick(id)}
            title={[`v${number}`, name].filter(Boolean).join(' · ')}
          >
            {message === '' ? null : <span className="block truncate">{message}</span>}
            {author}, <Age value={at} />
          </Item>
        ))}
        {isMore ? (
          <Command.Item
            value="older"
            onSelect={() => void fetchMore()}
            className="rounded-md px-2 py-1.5 text-accent-text data-[selected=true]:bg-hover"
          >
            {isFetchingMore ? 'Looking…' : 'Show older versions'}
          </Command.Item>
        ) : null}
      </Command.List>
      <p role="status" className="px-3 pb-2 text-xs text-muted empty:hidden">
        {error ? explainError(error).advice : null}
        {isPending && !error ? 'Looking…' : null}
        {!isPending && !error && isSearch && rows.length === 0 ? 'No version is like this.' : null}
      </p>
    </Command>
  );
}

interface ItemProps {
  readonly value: string;
  readonly title: string;
  readonly isChosen: boolean;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

const Item = ({ value, title, isChosen, onSelect, children }: ItemProps) => (
  <Command.Item
    value={value}
    onSelect={onSelect}
    className={cx('rounded-md px-2 py-1.5 data-[selected=true]:bg-hover', isChosen && 'text-accent-text')}
  >
    <span className="block truncate font-medium">{title}</span>
    <span className="block text-2xs text-faint">{children}</span>
  </Command.Item>
);
