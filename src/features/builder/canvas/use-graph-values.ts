'use client';
import { useEffect, useMemo } from 'react';
import { scopeOf } from '#core/formula/language/functions.ts';
import { nodeOf } from '#core/formula/model/formula.ts';
import { SPARK_SIZE, type GraphLights, type GraphSparks, type GraphValues } from '#features/graph/index.ts';
import { sparkPath } from '#features/rerun/index.ts';
import { useLookedAtCall, useOpenFunction } from '../functions/index.ts';
import { usePreview } from '../preview/index.ts';
import { useFormulaSession } from '../session/use-session.ts';
import { useWorkspace } from '../workspace/index.ts';

/**
 * What the outputs are at the bar that the preview looks at. What a function is made of has another value in each call:
 * it shows those of the call that is looked at.
 */
export function useGraphValues(): GraphValues | null {
  const session = useFormulaSession();
  const store = usePreview()?.store ?? null;
  const { scope } = useOpenFunction();
  const { chosen } = useLookedAtCall();
  useEffect(() => store?.enter(chosen?.id ?? null), [store, chosen]);
  return useMemo(
    () =>
      store && {
        read: (id, output) => {
          const { formula } = session.snapshot();
          const node = nodeOf(formula, id);
          const within = node && scopeOf(formula, node);
          return within !== undefined && within !== scope ? undefined : store.value(id, output);
        },
        subscribe: store.subscribeValues,
      },
    [session, store, scope],
  );
}

/** The path to the decision that is explained. */
export const useGraphLights = (): GraphLights | null => usePreview()?.store?.lights ?? null;

/** Small pictures of the nodes that the person has chosen. */
export function useGraphSparks(): GraphSparks | null {
  const sparks = usePreview()?.store?.sparks ?? null;
  const { sparks: chosen } = useWorkspace().workspace;
  return useMemo(() => {
    if (!sparks || chosen.length === 0) return null;
    const shown = new Set(chosen === 'all' ? [] : chosen);
    const paths = new WeakMap<object, string>();
    return {
      isOn: (node) => chosen === 'all' || shown.has(node),
      show: sparks.show,
      subscribe: sparks.subscribe,
      read: (node) => {
        const spark = sparks.read(node);
        if (!spark) return undefined;
        const path = paths.get(spark) ?? sparkPath(spark, SPARK_SIZE);
        paths.set(spark, path);
        return path;
      },
    };
  }, [sparks, chosen]);
}
