'use client';
import { Command } from 'cmdk';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Block } from '#core/formula/model/block.ts';
import type { Point } from '#core/formula/model/formula.ts';
import { symbolOf } from '#core/formula/reference/symbol-of.ts';
import { scopeView } from '#features/graph/index.ts';
import { groupColor } from '#ui/layout/group-color.ts';
import { useOpenFunction } from '../../functions/index.ts';
import { useFormula } from '../../session/use-session.ts';
import { useBlockHabits } from '../../workspace/index.ts';
import type { Wanted } from '../use-add-at.ts';
import { fittingFor, offeredBlocks, searchedBlocks, type OfferedGroup } from './offered-blocks.ts';

interface BlockPickerProps {
  readonly screen: Point;
  /** Only blocks that fit what they are for are offered. */
  readonly wanted: Wanted;
  readonly onPick: (block: Block) => void;
  readonly onClose: () => void;
}

const WIDTH = 300;
const HEIGHT = 360;

/** A search over the blocks, where the pointer is. */
export function BlockPicker({ screen, wanted, onPick, onClose }: BlockPickerProps) {
  const whole = useFormula();
  const { scope } = useOpenFunction();
  const formula = useMemo(() => scopeView(whole, scope), [whole, scope]);
  const { habits } = useBlockHabits();
  const element = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState('');
  const fitting = useMemo(() => fittingFor(formula, wanted), [formula, wanted]);
  // What is offered first stays in its order while the picker is open.
  const [recent] = useState(habits.recent);
  const groups = useMemo((): readonly OfferedGroup[] => {
    if (query.trim() === '') return offeredBlocks(fitting, { formula, wanted, recent });
    const blocks = searchedBlocks(fitting, query);
    return blocks.length === 0 ? [] : [{ title: '', blocks }];
  }, [query, fitting, formula, wanted, recent]);
  const [chosen, setChosen] = useState<string | null>(null);
  const best = groups[0]?.blocks[0]?.name ?? '';
  const search = (text: string) => {
    setQuery(text);
    setChosen(null);
  };
  useEffect(() => void list.current?.scrollTo({ top: 0 }), [query]);
  useEffect(() => {
    const onPointerDown = (event: globalThis.PointerEvent) => {
      if (event.target instanceof Node && !element.current?.contains(event.target)) onClose();
    };
    window.addEventListener('pointerdown', onPointerDown, true);
    return () => window.removeEventListener('pointerdown', onPointerDown, true);
  }, [onClose]);
  const left = Math.max(8, Math.min(screen.x, window.innerWidth - WIDTH - 8));
  const top = Math.max(8, Math.min(screen.y, window.innerHeight - HEIGHT - 8));
  return (
    <div
      ref={element}
      role="dialog"
      aria-label="Add a block"
      className="fixed z-50 animate-enter overflow-hidden rounded-lg bg-raised shadow-float"
      style={{ left, top, width: WIDTH }}
    >
      <Command
        shouldFilter={false}
        value={chosen ?? best}
        onValueChange={setChosen}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose();
          event.stopPropagation();
        }}
      >
        <Command.Input
          autoFocus
          value={query}
          onValueChange={search}
          placeholder={wanted ? 'Blocks that fit…' : 'Add a block…'}
          className="h-10 w-full border-b bg-transparent px-3 outline-none placeholder:text-faint"
        />
        <Command.List ref={list} className="max-h-80 overflow-y-auto p-1">
          <Command.Empty className="px-3 py-6 text-center text-muted">No block of that name fits here.</Command.Empty>
          {groups.map(({ title, blocks }) => (
            <Command.Group
              key={title}
              heading={title}
              className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:text-faint"
            >
              {blocks.map((block) => (
                <Command.Item
                  key={block.name}
                  value={block.name}
                  onSelect={() => onPick(block)}
                  className="flex items-center gap-2 rounded-md px-2 py-1.5 data-[selected=true]:bg-hover"
                >
                  <span
                    className="size-2 shrink-0 rounded-full"
                    style={{ background: groupColor(block.group) }}
                    aria-hidden
                  />
                  <span className="min-w-0 flex-1">
                    <span className="block truncate">{block.title}</span>
                    <span className="block truncate text-2xs text-faint">{block.help}</span>
                  </span>
                  <code className="text-2xs text-faint">{symbolOf(block)}</code>
                </Command.Item>
              ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </div>
  );
}
