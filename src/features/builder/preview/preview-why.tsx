'use client';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { NodeId } from '#core/formula/model/formula.ts';
import { decisionOf, pathTo, WhyPanel } from '#features/rerun/index.ts';
import { useFormulaSession } from '../session/use-session.ts';
import { usePreview, usePreviewState } from './provider.tsx';

/** Why the preview did what it did at a bar; the path to the decision is lit on the canvas. */
export function PreviewWhy({ className }: { readonly className?: string }) {
  const store = usePreview()?.store;
  const session = useFormulaSession();
  const { made, result, story } = usePreviewState();
  const [chosen, setChosen] = useState<NodeId | null>(null);
  const decision = story ? decisionOf(story, chosen) : undefined;
  useEffect(() => {
    store?.lights.show(decision ? pathTo(decision) : null);
  }, [store, decision]);
  useEffect(() => () => store?.lights.show(null), [store]);
  const signals = useMemo(() => [...new Set((result?.signals ?? []).map(({ bar }) => bar))], [result]);
  const close = useCallback(() => {
    store?.explain(null);
    setChosen(null);
  }, [store]);
  if (!story || !made || !store) return null;
  const { time, length, timeframe } = made.bars;
  return (
    <WhyPanel
      story={story}
      time={time[story.bar] ?? 0}
      detail={/[dwM]$/.test(timeframe) ? 'day' : 'minute'}
      barCount={length}
      signals={signals}
      chosen={chosen}
      onChoose={setChosen}
      onBar={(bar) => store.explain({ kind: 'bar', bar })}
      onNode={(node) => session.reveal({ node })}
      onClose={close}
      {...(className === undefined ? {} : { className })}
    />
  );
}
