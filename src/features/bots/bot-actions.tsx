'use client';
import { useQueryClient } from '@tanstack/react-query';
import { ArrowUp, Pause, Play, Trash2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useDenial } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { useAction } from '#trpc/use-action.ts';
import { IconButton } from '#ui/controls/icon-button.tsx';
import { Confirm } from '#ui/overlays/confirm.tsx';
import { MenuItem, MenuSeparator } from '#ui/overlays/menu.tsx';
import { RowMenu } from '#ui/overlays/row-menu.tsx';
import type { BotRow } from './bot-row.ts';

export function BotActions({ bot }: { readonly bot: BotRow }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const denied = useDenial('bot.manage');
  const [removing, setRemoving] = useState(false);
  const refresh = { onSuccess: () => void queryClient.invalidateQueries(trpc.bot.pathFilter()) };
  const start = useAction(trpc.bot.start.mutationOptions(refresh));
  const pause = useAction(trpc.bot.pause.mutationOptions(refresh));
  const upgrade = useAction(trpc.publication.upgradeBot.mutationOptions(refresh));
  const remove = useAction(trpc.bot.remove.mutationOptions(refresh));
  if (denied !== undefined) return null;
  const { id, name, status, signalCount } = bot;
  return (
    <span className="inline-flex justify-end">
      {status === 'running' ? (
        <IconButton size="sm" label={`Pause ${name}`} busy={pause.isPending} onClick={() => pause.mutate({ id })}>
          <Pause />
        </IconButton>
      ) : (
        <IconButton
          size="sm"
          label={`Start ${name}`}
          busy={start.isPending}
          disabled={status === 'halted' || bot.isFrozen}
          onClick={() => start.mutate({ id })}
        >
          <Play />
        </IconButton>
      )}
      <IconButton size="sm" label={`Remove ${name}`} onClick={() => setRemoving(true)}>
        <Trash2 />
      </IconButton>
      <RowMenu label={`What can be done with ${name}`}>
        {status === 'running' ? (
          <MenuItem icon={<Pause />} onSelect={() => pause.mutate({ id })}>
            Pause
          </MenuItem>
        ) : (
          <MenuItem
            icon={<Play />}
            disabled={status === 'halted' || bot.isFrozen}
            onSelect={() => start.mutate({ id })}
          >
            Start
          </MenuItem>
        )}
        {bot.publishedNumber === null || status === 'halted' ? null : (
          <>
            <MenuSeparator />
            <MenuItem icon={<ArrowUp />} onSelect={() => upgrade.mutate({ id, choice: 'flat' })}>
              Upgrade to v{bot.publishedNumber} when flat
            </MenuItem>
            <MenuItem icon={<ArrowUp />} onSelect={() => upgrade.mutate({ id, choice: 'now' })}>
              Upgrade to v{bot.publishedNumber} now
            </MenuItem>
            {bot.upgrade === null ? null : (
              <MenuItem icon={<Undo2 />} onSelect={() => upgrade.mutate({ id, choice: 'stay' })}>
                Stay with v{bot.versionNumber}
              </MenuItem>
            )}
          </>
        )}
        <MenuSeparator />
        <MenuItem icon={<Trash2 />} danger onSelect={() => setRemoving(true)}>
          Remove…
        </MenuItem>
      </RowMenu>
      <Confirm
        open={removing}
        onOpenChange={setRemoving}
        title={`Remove ${name}?`}
        action="Remove"
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ id })}
      >
        It stops at once, and its {signalCount === 1 ? 'one signal goes' : `${signalCount} signals go`} with it.
      </Confirm>
    </span>
  );
}
