'use client';
import { Check, CloudOff, Eye, LoaderCircle } from 'lucide-react';
import { Badge } from '#ui/badge.tsx';
import { IconButton } from '#ui/icon-button.tsx';
import { Tooltip } from '#ui/tooltip.tsx';
import { RefreshCw } from 'lucide-react';
import { useFormulaSession, useStatus } from '../session/provider.tsx';

/** *Saved* means saved: the server has committed every change made here. */
export function SaveState() {
  const session = useFormulaSession();
  const { connection, saved, unsaved, canEdit, refusal } = useStatus();
  const changes = unsaved === 1 ? '1 change' : `${unsaved} changes`;
  return (
    <span role="status" aria-label="Save state" className="inline-flex items-center gap-1">
      {refusal ? (
        <Tooltip label={refusal.message}><span tabIndex={0}><Badge tone="bad" icon={<CloudOff />}>{unsaved > 0 ? `Not saved: ${changes} kept here` : 'Disconnected'}</Badge></span></Tooltip>
      ) : connection !== 'online' ? (
        <Badge tone="warn" icon={<CloudOff />}>{connection === 'connecting' && unsaved === 0 ? 'Connecting…' : unsaved > 0 ? `Offline: ${changes} kept here` : 'Offline'}</Badge>
      ) : !canEdit ? (
        <Tooltip label="Your role lets you look, not edit."><span tabIndex={0}><Badge icon={<Eye />}>View only</Badge></span></Tooltip>
      ) : saved === 'saved' ? <Badge tone="good" icon={<Check />}>Saved</Badge> : <Badge icon={<LoaderCircle className="animate-spin" />}>Saving…</Badge>}
      {connection === 'offline' ? <IconButton size="sm" label="Connect again" onClick={() => session.reconnect()}><RefreshCw /></IconButton> : null}
    </span>
  );
}
