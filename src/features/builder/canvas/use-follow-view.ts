'use client';
import { useEffect } from 'react';
import type { View } from '#collab/presence.ts';
import { isStill, stepTo, useGraphView, viewOf, viewportOf } from '#features/graph/index.ts';
import { useFollowing, windowOf } from '../follow/index.ts';
import { useOpenFunction } from '../functions/index.ts';
import { useFormulaSession } from '../session/use-session.ts';

/** Of the way to where the other is, a frame: they tell where they are 30 times a second, screens show 60. */
const SHARE = 0.3;

const shareOfAStep = (): number => (isStill() ? 1 : SHARE);

/** Moves the canvas with that of whoever is followed. A move of one's own ends that. */
export function useFollowView(): void {
  const session = useFormulaSession();
  const { person, stop } = useFollowing();
  const view = useGraphView();
  const { open } = useOpenFunction();
  useEffect(() => {
    if (!person) return;
    let frame = 0;
    let isOurs = false;
    let at: View | undefined;
    let target: View | undefined;
    const step = (): void => {
      frame = 0;
      const size = view.size();
      if (!target || size.width === 0) return;
      at = stepTo(at ?? viewOf(view.viewport(), size), target, shareOfAStep());
      isOurs = true;
      view.setViewport(viewportOf(at, size));
      isOurs = false;
      if (at !== target) frame = requestAnimationFrame(step);
    };
    const aim = (): void => {
      const window = windowOf(session.colleagues(), person.id);
      if (window) open(window.openFunction ?? null);
      target = window?.view ?? undefined;
      if (frame === 0) frame = requestAnimationFrame(step);
    };
    aim();
    const unsubscribe = [
      session.subscribeColleagues(aim),
      view.subscribe((what) => {
        if (what === 'resized') aim();
        else if (!isOurs) stop();
      }),
    ];
    return () => {
      cancelAnimationFrame(frame);
      unsubscribe.forEach((end) => end());
    };
  }, [person, stop, session, view, open]);
}
