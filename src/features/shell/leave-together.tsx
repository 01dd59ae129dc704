'use client';
import { useEffect, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { forgetAll } from '#collab/copy/indexed-db.ts';
import { forgetPerson } from '#ui/kept/forget-person.ts';
import { ShellSkeleton } from './shell-skeleton.tsx';

/** Where the tabs of a browser, which share one session, tell each other who has signed out. */
const CHANNEL = 'alphaloom-signed-out';

/** Makes every tab of this browser forget the person, the tab that tells it as well. */
export function announceSignOut(userId: string): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(userId);
  channel.close();
}

async function forget(userId: string): Promise<void> {
  await forgetAll(userId).catch(() => undefined);
  try {
    [localStorage, sessionStorage].forEach(forgetPerson);
  } catch {
    // A browser may keep nothing, and say so by throwing.
  }
}

/**
 * Leaves nothing behind when a person signs out in any tab: what the browser keeps of the person is forgotten, and the
 * page is loaded anew. Around all pages: a tab that learns from the server that its session has ended must hear of it
 * too.
 */
export function LeaveTogether({ children }: { readonly children: ReactNode }) {
  const [isLeaving, setLeaving] = useState(false);
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      // What is on screen keeps texts when it goes: it goes first.
      flushSync(() => setLeaving(true));
      void forget(String(data)).then(() => location.assign('/'));
    };
    return () => channel.close();
  }, []);
  return isLeaving ? <ShellSkeleton /> : children;
}
