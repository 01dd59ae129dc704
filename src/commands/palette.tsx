'use client';
import { Command as Cmdk } from 'cmdk';
import { Dialog } from 'radix-ui';
import { Kbd } from '#ui/kbd.tsx';
import type { Command, CommandGroup } from './command.ts';
import { useCommandList } from './provider.tsx';

const ORDER: readonly CommandGroup[] = ['Formula', 'Code', 'Backtest', 'Create', 'Go to', 'View', 'Account'];

export interface PaletteProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function Palette({ open, onOpenChange }: PaletteProps) {
  const commands = useCommandList().filter(({ when }) => when?.() ?? true);
  const choose = (command: Command): void => {
    onOpenChange(false);
    // After the dialog has given focus back, so that the command may move it.
    requestAnimationFrame(() => command.run());
  };
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-overlay" />
        <Dialog.Content aria-describedby={undefined} className="fixed top-[14vh] left-1/2 z-50 w-[calc(100vw-24px)] max-w-140 -translate-x-1/2 animate-enter overflow-hidden rounded-xl bg-raised shadow-float outline-none">
          <Dialog.Title className="sr-only">Commands</Dialog.Title>
          <Cmdk loop>
            <Cmdk.Input placeholder="What do you want to do?" className="h-12 w-full border-b bg-transparent px-4 text-base outline-none placeholder:text-faint" />
            <Cmdk.List className="max-h-[50vh] overflow-y-auto p-1.5">
              <Cmdk.Empty className="px-3 py-8 text-center text-muted">No command by that name. Try “backtest” or “theme”.</Cmdk.Empty>
              {ORDER.map((group) => {
                const members = commands.filter((command) => command.group === group);
                return members.length === 0 ? null : (
                  <Cmdk.Group key={group} heading={group} className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-faint">
                    {members.map((command) => (
                      <Cmdk.Item
                        key={command.id}
                        value={command.id}
                        keywords={[command.title, ...(command.keywords ?? [])]}
                        onSelect={() => choose(command)}
                        className="flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:text-faint"
                      >
                        {command.icon}
                        <span className="flex-1 truncate">{command.title}</span>
                        {command.shortcut ? <Kbd keys={command.shortcut} /> : null}
                      </Cmdk.Item>
                    ))}
                  </Cmdk.Group>
                );
              })}
            </Cmdk.List>
          </Cmdk>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
