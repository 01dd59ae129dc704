'use client';
import { ReactFlowProvider } from '@xyflow/react';
import {
  createContext,
  use,
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
  type RefObject,
} from 'react';
import { EMPTY_FORMULA, type NodeId } from '#core/formula/model/formula.ts';
import type { Placed } from './boxes.ts';
import type { FieldOwner } from './field-texts.ts';

/** Nodes of which this person wants to see all ports. */
export interface Opened {
  readonly nodes: ReadonlySet<NodeId>;
  /** Opens all of them, or closes them where all are open. */
  readonly toggle: (ids: Iterable<NodeId>) => void;
}

const NOTHING: Placed = { formula: EMPTY_FORMULA, places: new Map() };
const NONE: ReadonlySet<NodeId> = new Set();
const PlacedContext = createContext<RefObject<Placed>>({ current: NOTHING });
/** The node or the frame whose name, or the note whose text is being typed. */
export interface Naming {
  readonly renaming: FieldOwner | null;
  readonly rename: (id: FieldOwner | null) => void;
}

const NamingContext = createContext<Naming>({ renaming: null, rename: () => undefined });
const OpenedContext = createContext<Opened>({ nodes: NONE, toggle: () => undefined });

/**
 * Joins a `FormulaGraph` and those who move its view. React Flow knows the nodes that are near alone; here is where all
 * of them stand.
 */
export function GraphProvider({ children }: { readonly children: ReactNode }) {
  const placed = useRef(NOTHING);
  const [nodes, setNodes] = useState(NONE);
  const toggle = useCallback((ids: Iterable<NodeId>) => {
    const wanted = [...ids];
    setNodes((before) => {
      const isOpen = wanted.every((id) => before.has(id));
      return new Set(isOpen ? [...before].filter((id) => !wanted.includes(id)) : [...before, ...wanted]);
    });
  }, []);
  const [renaming, rename] = useState<FieldOwner | null>(null);
  const naming = useMemo((): Naming => ({ renaming, rename }), [renaming]);
  const opened = useMemo((): Opened => ({ nodes, toggle }), [nodes, toggle]);
  return (
    <ReactFlowProvider>
      <PlacedContext value={placed}>
        <OpenedContext value={opened}>
          <NamingContext value={naming}>{children}</NamingContext>
        </OpenedContext>
      </PlacedContext>
    </ReactFlowProvider>
  );
}

export const usePlaced = (): RefObject<Placed> => use(PlacedContext);

/** Tells those who move the view where the nodes stand. */
export function useTellPlaced(placed: Placed): void {
  const placedRef = use(PlacedContext);
  useLayoutEffect(() => {
    placedRef.current = placed;
  }, [placedRef, placed]);
}
export const useNaming = (): Naming => use(NamingContext);
export const useOpened = (): Opened => use(OpenedContext);
