'use client';
import { Check, CloudOff, Eye, LoaderCircle, RefreshCw, Trash2, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '#ui/controls/icon-button.tsx';
import { Badge } from '#ui/feedback/badge.tsx';
import { Tooltip } from '#ui/feedback/tooltip.tsx';
import { Confirm } from '#ui/overlays/confirm.tsx';
import { useLeaveGuard } from '../session/use-leave-guard.ts';
import { useFormulaSession, useShowUntaken, useStatus, useUntaken } from '../session/use-session.ts';

const VIEW_ONLY = 'Your role lets you look, not edit.';

const counted = (changes: number): string => (changes === 1 ? '1 change' : `${changes} changes`);

/** *Saved* means saved: the server has committed every change made here. */
export function SaveState() {
  const session = useFormulaSession();
  const { connection, saved, unsaved, canEdit, refusal, kept } = useStatus();
  const { words, isUnread, isKept, fields } = useUntaken();
  const showUntaken = useShowUntaken();
  const [discarding, setDiscarding] = useState(false);
  const [discardingText, setDiscardingText] = useState(false);
  useLeaveGuard((unsaved > 0 && kept === 'tab') || ((words !== null || isUnread) && !isKept));
  const isNotTaken = connection === 'online' && saved === 'offline';
  const why = refusal?.message ?? (isNotTaken ? VIEW_ONLY : undefined);
  const changes = (
    <>
      : {counted(unsaved)}
      <span className="max-md:sr-only"> kept {kept === 'tab' ? 'only in this tab' : 'here'}</span>
    </>
  );
  return (
    <>
      <span role="status" aria-label="Save state" className="inline-flex items-center gap-1">
        {why !== undefined ? (
          <Tooltip label={why}>
            <span tabIndex={0}>
              <Badge tone="bad" icon={<CloudOff />}>
                {unsaved > 0 ? <>Not saved{changes}</> : 'Disconnected'}
              </Badge>
            </span>
          </Tooltip>
        ) : connection !== 'online' ? (
          <Badge tone="warn" icon={<CloudOff />}>
            {connection === 'connecting' && unsaved === 0 ? 'Connecting…' : <>Offline{unsaved > 0 ? changes : null}</>}
          </Badge>
        ) : !canEdit ? (
          <Tooltip label={VIEW_ONLY}>
            <span tabIndex={0}>
              <Badge icon={<Eye />}>View only</Badge>
            </span>
          </Tooltip>
        ) : saved === 'saved' && !(isUnread && words === null) ? (
          words !== null ? null : (
            <Badge tone="good" icon={<Check />}>
              Saved
            </Badge>
          )
        ) : (
          <Badge icon={<LoaderCircle className="animate-spin" />}>{fields.isTyping ? 'Typing…' : 'Saving…'}</Badge>
        )}
        {words !== null ? (
          <>
            <Tooltip
              label={`Kept ${isKept ? 'in this browser' : 'only in this tab'} until it reads without a problem. The strategy is as it was before.`}
            >
              <button type="button" onClick={showUntaken}>
                <Badge tone="warn" icon={<TriangleAlert />}>
                  {words}
                </Badge>
              </button>
            </Tooltip>
            <IconButton size="sm" label="Discard what is not taken" onClick={() => setDiscardingText(true)}>
              <Trash2 />
            </IconButton>
          </>
        ) : null}
        {connection === 'offline' ? (
          <IconButton size="sm" label="Connect again" onClick={() => session.reconnect()}>
            <RefreshCw />
          </IconButton>
        ) : null}
        {isNotTaken ? (
          <IconButton size="sm" label="Discard my changes" onClick={() => setDiscarding(true)}>
            <Trash2 />
          </IconButton>
        ) : null}
      </span>
      <Confirm
        open={discarding}
        onOpenChange={setDiscarding}
        title={`Discard ${counted(unsaved)}?`}
        action="Discard"
        onConfirm={() => {
          setDiscarding(false);
          session.discard();
        }}
      >
        {unsaved === 1 ? 'The server did not take it' : 'The server did not take them'}: {why} What is not saved is kept
        in this browser until the server takes it, or until you discard it. What others see does not change.
      </Confirm>
      <Confirm
        open={discardingText}
        onOpenChange={setDiscardingText}
        title="Discard what you typed?"
        action="Discard"
        onConfirm={() => {
          setDiscardingText(false);
          session.typed.discard();
          session.fields.discardAll();
        }}
      >
        {words}. Code and fields then say what the formula says.
      </Confirm>
    </>
  );
}
