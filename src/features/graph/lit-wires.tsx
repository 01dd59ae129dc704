'use client';
import { ViewportPortal } from '@xyflow/react';
import { memo, useMemo, useSyncExternalStore } from 'react';
import type { Analysis } from '#core/formula/facts/analyse.ts';
import { isRef, nodeOf, type NodeId } from '#core/formula/model/formula.ts';
import type { Placed } from './boxes.ts';
import { useGraphParts } from './context.ts';
import { outputOf, wireId, type Wire } from './flow-edges.ts';
import { blockOf } from './scope-view.ts';
import { pathOf } from './wire-path.ts';

interface LitWiresProps {
  readonly placed: Placed;
  /** Those that are drawn one by one. */
  readonly wires: readonly Wire[];
  readonly types: Analysis['types'];
}

/** What a wire brings. */
interface Brought {
  readonly wire: Wire;
  readonly from: NodeId;
  /** Index of the output. */
  readonly output: number;
  readonly isCondition: boolean;
}

const never = (): (() => void) => () => undefined;
const BETWEEN = '\n';

/**
 * Conditions that are true at the bar under the crosshair, and the path to a decision that is explained, along wires.
 * Both are drawn over the wires as one line each: a move of the crosshair draws nothing else anew.
 */
export const LitWires = memo(function LitWires({ placed, wires, types }: LitWiresProps) {
  const { values, lights } = useGraphParts();
  const brought = useMemo(() => broughtBy(placed, wires, types), [placed, wires, types]);
  // Texts, so that they are the same as long as they say the same.
  const trueOnes = useSyncExternalStore(
    values?.subscribe ?? never,
    () => idsOf(brought, (one) => one.isCondition && values?.read(one.from, one.output) === 1),
    () => '',
  );
  const onPath = useSyncExternalStore(
    lights?.subscribe ?? never,
    () => idsOf(brought, (one) => isLit(lights?.read(one.from)) && isLit(lights?.read(one.wire.node))),
    () => '',
  );
  return (
    <>
      <Lines
        placed={placed}
        wires={brought}
        ids={onPath}
        testId="wires-on-path"
        className="stroke-accent opacity-40"
        width={7}
      />
      <Lines placed={placed} wires={brought} ids={trueOnes} testId="wires-true" className="stroke-good" width={2.5} />
    </>
  );
});

const isLit = (light: string | undefined): boolean => light !== undefined && light !== 'off';

const idsOf = (brought: readonly Brought[], is: (one: Brought) => boolean): string =>
  brought
    .filter(is)
    .map(({ wire }) => wireId(wire))
    .join(BETWEEN);

function broughtBy({ formula }: Placed, wires: readonly Wire[], types: Analysis['types']): Brought[] {
  return wires.flatMap((wire) => {
    const arg = nodeOf(formula, wire.node)?.args[wire.port];
    const source = isRef(arg) ? nodeOf(formula, arg.from) : undefined;
    if (!isRef(arg) || !source) return [];
    const name = outputOf(source, arg);
    const type = types.get(arg.from)?.[name ?? ''];
    const output = blockOf(source)?.outputs.findIndex((one) => one.name === name) ?? 0;
    return [{ wire, from: arg.from, output, isCondition: type === 'series<bool>' || type === 'bool' }];
  });
}

interface LinesProps {
  readonly placed: Placed;
  readonly wires: readonly Brought[];
  readonly ids: string;
  readonly testId: string;
  readonly className: string;
  readonly width: number;
}

const Lines = memo(function Lines({ placed, wires, ids, testId, className, width }: LinesProps) {
  const path = useMemo(() => {
    const lit = new Set(ids === '' ? [] : ids.split(BETWEEN));
    return pathOf(
      placed,
      wires.flatMap(({ wire }) => (lit.has(wireId(wire)) ? [wire] : [])),
    );
  }, [placed, wires, ids]);
  if (path === '') return null;
  return (
    <ViewportPortal>
      <svg
        aria-hidden
        data-testid={testId}
        data-wires={ids}
        className="pointer-events-none absolute -z-10 size-px overflow-visible"
      >
        <path d={path} fill="none" strokeWidth={width} strokeLinecap="round" className={className} />
      </svg>
    </ViewportPortal>
  );
});
