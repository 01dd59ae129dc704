'use client';
import { createContext, use, useSyncExternalStore, type ComponentType } from 'react';
import type { ArgumentChange } from '#core/diff/overlay.ts';
import type { Diagnostic } from '#core/formula/model/diagnostic.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import type { NodeId, Point } from '#core/formula/model/formula.ts';
import type { Light } from '#core/formula/why/reason.ts';
import type { Dangling } from './add-block.ts';
import type { FieldTexts } from './field-texts.ts';
import type { Level } from './level.ts';

/** What a person does with a graph. A graph without gestures is looked at alone. */
export interface GraphGestures {
  /** One gesture. What follows with the same `gesture` belongs to the same step of undo. */
  readonly edit: (edits: readonly Edit[], gesture?: object) => void;
  /** Where nodes are while they are dragged; null once the drag has ended. */
  readonly drag: (places: ReadonlyMap<NodeId, Point> | null) => void;
  /** Copies of these nodes, with their wires, at these places. */
  readonly copy: (places: ReadonlyMap<NodeId, Point>) => void;
  /** A wire was drawn into empty canvas: which block is to stand at its loose end? */
  readonly pick: (screen: Point, dangling: Dangling) => void;
  /** The field of a port in which the person is; null when they leave it. */
  readonly enter: (field: { readonly node: NodeId; readonly port: string } | null) => void;
  /** What is typed into fields and not in the formula. */
  readonly texts: FieldTexts;
}

/** Numbers that outputs have at the moment. They change without the formula, so that nodes read them by themselves. */
export interface GraphValues {
  readonly read: (node: NodeId, output: number) => number | undefined;
  readonly subscribe: (listener: () => void) => () => void;
}

/** Which nodes are on the path to a decision that is explained; `off`: those that are not. */
export interface GraphLights {
  readonly read: (node: NodeId) => Light | 'off' | undefined;
  readonly subscribe: (listener: () => void) => () => void;
}

/** Small pictures below nodes, as paths in a box of `SPARK_SIZE`. */
export interface GraphSparks {
  readonly isOn: (node: NodeId) => boolean;
  /** Keeps the picture of a node up to date until the returned function is called. */
  readonly show: (node: NodeId) => () => void;
  readonly read: (node: NodeId) => string | undefined;
  readonly subscribe: (listener: () => void) => () => void;
}

export interface NodeMarkProps {
  readonly node: NodeId;
  /** What people call the node. */
  readonly label: string;
  readonly selected: boolean;
}

/** What every node of one graph is drawn with. Keep its identity: when it changes, all nodes are drawn anew. */
export interface GraphParts {
  /** Shows all ports of a node, or again those that most people need. */
  readonly togglePorts?: (nodes: Iterable<NodeId>) => void;
  readonly gestures?: GraphGestures;
  readonly values?: GraphValues;
  readonly lights?: GraphLights;
  readonly sparks?: GraphSparks;
  /** Fields that say something else than in the formula that this one is compared with. */
  readonly fields?: ReadonlyMap<NodeId, ReadonlyMap<string, ArgumentChange>>;
  /** Drawn at the corner of each node. */
  readonly Mark?: ComponentType<NodeMarkProps>;
  /** One problem in the list of a node's problems; without it, its words. */
  readonly ProblemItem?: ComponentType<{ readonly problem: Diagnostic }>;
}

const NO_PARTS: GraphParts = {};
export const GraphPartsContext = createContext<GraphParts>(NO_PARTS);

export const useGraphParts = (): GraphParts => use(GraphPartsContext);

/** What nodes show at the zoom of now. */
export const LevelContext = createContext<Level>('fields');

export const useLevel = (): Level => use(LevelContext);

const never = (): (() => void) => () => undefined;

/** An output's number at the moment. Draws anew only where the number changes. */
export function useNodeValue(node: NodeId, output: number): number | undefined {
  const { values } = useGraphParts();
  return useSyncExternalStore(
    values?.subscribe ?? never,
    () => values?.read(node, output),
    () => undefined,
  );
}

/** How a node is lit while a decision is explained. */
export function useNodeLight(node: NodeId): Light | 'off' | undefined {
  const { lights } = useGraphParts();
  return useSyncExternalStore(
    lights?.subscribe ?? never,
    () => lights?.read(node),
    () => undefined,
  );
}
