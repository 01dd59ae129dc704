'use client';
import { Command as Cmdk } from 'cmdk';
import { Dialog } from 'radix-ui';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Kbd } from '#ui/layout/kbd.tsx';
import { useAfterClose } from '#ui/overlays/after-close.ts';
import type { Command, CommandGroup } from './command.ts';
import { useCommandList } from './provider.tsx';
import { findCommands } from './rank-commands.ts';

/** Groups that are shown before anything is typed. */
const ORDER: readonly CommandGroup[] = ['Strategy', 'Code', 'Backtest', 'Create', 'Go to', 'View', 'Account'];

export interface PaletteProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** What else there is by the name that is typed, as commands that open it. A hook. */
  readonly useFound: (query: string) => Found;
}

export interface Found {
  readonly things: readonly Command[];
  readonly isFinding: boolean;
  /** Why only commands can be found just now; null where things can. */
  readonly problem: string | null;
}

export function Palette({ open, onOpenChange, useFound }: PaletteProps) {
  const { afterClose, onCloseAutoFocus } = useAfterClose();
  const choose = (command: Command): void => {
    afterClose(command.run);
    onOpenChange(false);
  };
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-overlay" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={onCloseAutoFocus}
          className="fixed top-[14vh] left-1/2 z-50 w-[calc(100vw-24px)] max-w-140 -translate-x-1/2 animate-enter overflow-hidden rounded-xl bg-raised shadow-float outline-none"
        >
          <Dialog.Title className="sr-only">Commands</Dialog.Title>
          <Commands onChoose={choose} useFound={useFound} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** More are nobody's choice. */
const MOST_SHOWN = 60;

/** Enter waits for what is looked up at most so long: then the nearest of what there is runs. */
const LONGEST_WAIT_MS = 1500;

const canRun = ({ when }: Command): boolean => when?.() ?? true;

interface CommandsProps extends Pick<PaletteProps, 'useFound'> {
  readonly onChoose: (command: Command) => void;
}

function Commands({ onChoose, useFound }: CommandsProps) {
  const commands = useCommandList();
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState('');
  const [hasChosen, setHasChosen] = useState(false);
  const [isAwaited, setIsAwaited] = useState(false);
  const isSearch = query.trim() !== '';
  const { things, isFinding, problem } = useFound(query);
  const found = isSearch ? findCommands(commands, things, query, canRun).slice(0, MOST_SHOWN) : [];
  const best = found.find(canRun)?.id ?? '';
  // Until somebody chooses, the nearest is chosen, also when it comes from the server a moment later.
  const isThere = found.some(({ id }) => id === chosen);
  const selected = hasChosen && isThere ? chosen : best;
  const search = (text: string) => {
    setQuery(text);
    setHasChosen(false);
    setIsAwaited(false);
  };
  const run = useEffectEvent(() => {
    const nearest = found.find(({ id }) => id === selected);
    setIsAwaited(false);
    if (nearest && canRun(nearest)) onChoose(nearest);
  });
  useEffect(() => {
    if (!isAwaited) return;
    // What Enter does must not hang on how fast the server was.
    const timer = setTimeout(run, isFinding ? LONGEST_WAIT_MS : 0);
    return () => clearTimeout(timer);
  }, [isAwaited, isFinding]);
  useEffect(() => void list.current?.scrollTo({ top: 0 }), [query]);
  const item = (command: Command) => (
    <Cmdk.Item
      key={command.id}
      value={command.id}
      disabled={!canRun(command)}
      onSelect={() => onChoose(command)}
      className="flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 data-[disabled=true]:cursor-default data-[disabled=true]:text-faint data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:text-faint"
    >
      {command.icon}
      <span className="flex-1 truncate">
        {command.title}
        {canRun(command) ? null : <span className="ml-2 text-xs">not now</span>}
      </span>
      {isSearch ? <span className="text-xs text-faint">{command.group}</span> : null}
      {command.shortcut ? <Kbd keys={command.shortcut} /> : null}
    </Cmdk.Item>
  );
  return (
    <Cmdk
      loop
      shouldFilter={false}
      value={isSearch ? selected : chosen}
      onValueChange={setChosen}
      onKeyDown={(event) => {
        const { key, ctrlKey } = event;
        if (key === 'Enter' && isSearch && isFinding && !hasChosen && !event.nativeEvent.isComposing) {
          event.preventDefault();
          setIsAwaited(true);
        }
        if (key.startsWith('Arrow') || key === 'Home' || key === 'End' || (ctrlKey && /^[npjk]$/.test(key)))
          setHasChosen(true);
      }}
    >
      <Cmdk.Input
        value={query}
        onValueChange={search}
        placeholder="What do you want to do, or find?"
        className="h-12 w-full border-b bg-transparent px-4 text-base outline-none placeholder:text-faint"
      />
      <Cmdk.List ref={list} onPointerMove={() => setHasChosen(true)} className="max-h-[50vh] overflow-y-auto p-1.5">
        <Cmdk.Empty className="px-3 py-8 text-center text-muted">
          {isFinding
            ? 'Looking …'
            : problem === null
              ? 'Nothing by that name. Try a command, such as “backtest” or “theme”.'
              : 'No command by that name.'}
        </Cmdk.Empty>
        {isSearch
          ? found.map(item)
          : ORDER.map((group) => {
              const members = commands.filter((command) => command.group === group && canRun(command));
              return members.length === 0 ? null : (
                <Cmdk.Group
                  key={group}
                  heading={group}
                  className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-faint"
                >
                  {members.map(item)}
                </Cmdk.Group>
              );
            })}
      </Cmdk.List>
      {problem === null ? null : (
        <p role="status" className="border-t px-4 py-2 text-xs text-muted">
          {problem}
        </p>
      )}
    </Cmdk>
  );
}
