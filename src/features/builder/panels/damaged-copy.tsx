'use client';
import { Notice } from '#ui/feedback/notice.tsx';
import { useStatus } from '../session/use-session.ts';

/** Says that a part of what this browser keeps of the formula could not be read. */
export function DamagedCopy() {
  const { damaged } = useStatus();
  if (damaged === undefined) return null;
  const changes = damaged === 1 ? 'One change' : `${damaged} changes`;
  return (
    <Notice className="m-2 shrink-0" title="This browser’s copy of the strategy was damaged">
      {damaged === 0
        ? 'Nothing of yours is lost: what could not be read comes from the server.'
        : `${changes} of yours that had not been saved could not be read. Everything else is here.`}
    </Notice>
  );
}
