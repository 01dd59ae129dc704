'use client';
import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import type { View } from '#collab/presence.ts';
import { useFollowing, windowOf } from '../follow/index.ts';
import { useFormulaSession } from '../session/provider.tsx';
import { isStill } from './glide.ts';
import { stepTo, viewOf, viewportOf } from './view.ts';

/** Of the way to where the other is, a frame: they tell where they are 30 times a second, screens show 60. */
const SHARE = 0.3;

const shareOfAStep = (): number => (isStill() ? 1 : SHARE);

/** Moves the canvas with that of whoever is followed. A move of one's own ends that. */
export function useFollowView(): void {
  const session = useFormulaSession();
  const { person, stop } = useFollowing();
  const flow = useReactFlow();
  const store = useStoreApi();
  useEffect(() => {
    if (!person) return;
    let frame = 0;
    let isOurs = false;
    let at: View | undefined;
    let target: View | undefined;
    const step = (): void => {
      frame = 0;
      const {
        transform: [x, y, zoom],
        width,
        height,
      } = store.getState();
      if (!target || width === 0) return;
      at = stepTo(at ?? viewOf({ x, y, zoom }, { width, height }), target, shareOfAStep());
      isOurs = true;
      void flow.setViewport(viewportOf(at, { width, height }));
      isOurs = false;
      if (at !== target) frame = requestAnimationFrame(step);
    };
    const aim = (): void => {
      target = windowOf(session.colleagues(), person.id)?.view ?? undefined;
      if (frame === 0) frame = requestAnimationFrame(step);
    };
    aim();
    const unsubscribe = [
      session.subscribeColleagues(aim),
      store.subscribe((now, before) => {
        if (now.width !== before.width || now.height !== before.height) aim();
        else if (now.transform !== before.transform && !isOurs) stop();
      }),
    ];
    return () => {
      cancelAnimationFrame(frame);
      unsubscribe.forEach((end) => end());
    };
  }, [person, stop, session, flow, store]);
}
