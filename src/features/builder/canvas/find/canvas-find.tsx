'use client';
import { ChevronDown, ChevronUp, Search, X } from 'lucide-react';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { placeMissing } from '#features/graph/index.ts';
import { IconButton } from '#ui/controls/icon-button.tsx';
import { useFormula, useFormulaSession } from '../../session/use-session.ts';
import { findNodes } from './find-nodes.ts';

/** A search over the nodes of the canvas, above them. Each that is found is brought into sight. */
export function CanvasFind({ onClose }: { readonly onClose: () => void }) {
  const session = useFormulaSession();
  const formula = useFormula();
  const input = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const [index, setIndex] = useState(0);
  const found = useMemo(() => findNodes(formula, placeMissing(formula), query), [formula, query]);
  const show = (ids: typeof found, at: number): void => {
    if (ids.length === 0) return;
    const next = (at + ids.length) % ids.length;
    const id = ids[next];
    setIndex(next);
    if (id !== undefined) session.reveal({ node: id });
  };
  const search = (text: string): void => {
    setQuery(text);
    show(findNodes(formula, placeMissing(formula), text), 0);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Escape') onClose();
    else if (event.key === 'Enter' || event.key === 'F3') {
      event.preventDefault();
      show(found, index + (event.shiftKey ? -1 : 1));
    } else if (event.key.toLowerCase() === 'f' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      input.current?.select();
    }
  };
  const count = found.length === 0 ? 'none' : `${Math.min(index, found.length - 1) + 1} of ${found.length}`;
  return (
    <div
      role="search"
      aria-label="Find on the canvas"
      className="absolute top-3 right-3 z-20 flex h-9 animate-enter items-center gap-1 rounded-lg border bg-raised pr-1 pl-2.5 shadow-float"
      onKeyDown={onKeyDown}
    >
      <Search className="size-3.5 text-faint" aria-hidden />
      <input
        ref={input}
        autoFocus
        aria-label="Find on the canvas"
        placeholder="Name, block or value"
        value={query}
        onChange={(event) => search(event.target.value)}
        className="w-44 bg-transparent px-1 outline-none placeholder:text-faint"
      />
      <output className="tabular min-w-12 text-right text-xs text-muted">{query.trim() === '' ? '' : count}</output>
      <IconButton size="sm" label="The one before" disabled={found.length === 0} onClick={() => show(found, index - 1)}>
        <ChevronUp />
      </IconButton>
      <IconButton size="sm" label="The next" disabled={found.length === 0} onClick={() => show(found, index + 1)}>
        <ChevronDown />
      </IconButton>
      <IconButton size="sm" label="Close the search" onClick={onClose}>
        <X />
      </IconButton>
    </div>
  );
}
