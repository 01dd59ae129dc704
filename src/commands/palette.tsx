'use client';
import { Command as Cmdk } from 'cmdk';
import { Dialog } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import { Kbd } from '#ui/layout/kbd.tsx';
import type { Command, CommandGroup } from './command.ts';
import { useCommandList } from './provider.tsx';
import { findCommands, rankCommands } from './rank-commands.ts';

const ORDER: readonly CommandGroup[] = ['Formula', 'Code', 'Backtest', 'Create', 'Go to', 'View', 'Account'];

export interface PaletteProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function Palette({ open, onOpenChange }: PaletteProps) {
  const choose = (command: Command): void => {
    onOpenChange(false);
    // After the dialog has given focus back, so that the command may move it.
    requestAnimationFrame(() => command.run());
  };
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-overlay" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[14vh] left-1/2 z-50 w-[calc(100vw-24px)] max-w-140 -translate-x-1/2 animate-enter overflow-hidden rounded-xl bg-raised shadow-float outline-none"
        >
          <Dialog.Title className="sr-only">Commands</Dialog.Title>
          <Commands onChoose={choose} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const canRun = ({ when }: Command): boolean => when?.() ?? true;

function Commands({ onChoose }: { readonly onChoose: (command: Command) => void }) {
  const commands = useCommandList();
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState('');
  const isSearch = query.trim() !== '';
  const found = isSearch ? findCommands(commands, query, canRun) : [];
  const search = (text: string) => {
    setQuery(text);
    setChosen(rankCommands(commands, text).find(canRun)?.id ?? '');
  };
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
    <Cmdk loop shouldFilter={false} value={chosen} onValueChange={setChosen}>
      <Cmdk.Input
        value={query}
        onValueChange={search}
        placeholder="What do you want to do?"
        className="h-12 w-full border-b bg-transparent px-4 text-base outline-none placeholder:text-faint"
      />
      <Cmdk.List ref={list} className="max-h-[50vh] overflow-y-auto p-1.5">
        <Cmdk.Empty className="px-3 py-8 text-center text-muted">
          No command by that name. Try “backtest” or “theme”.
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
    </Cmdk>
  );
}
