'use client';
import { Workflow } from 'lucide-react';
import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type DragEvent,
  type MouseEvent,
  type PointerEvent,
} from 'react';
import { CommandMenu } from '#commands/command-menu.tsx';
import { findBlock } from '#core/formula/blocks/catalogue.ts';
import { calleeOf } from '#core/formula/language/functions.ts';
import { nodeOf, type NodeId, type Point } from '#core/formula/model/formula.ts';
import {
  FormulaGraph,
  functionBlocks,
  isEmptyCanvas,
  useGraphView,
  type FormulaGraphProps,
  type GraphGestures,
} from '#features/graph/index.ts';
import { isTyping } from '#ui/browser/is-typing.ts';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { NodeMark } from '../comments/index.ts';
import { useFollowing } from '../follow/index.ts';
import { FunctionBar, useFunctionCommands, useLookedAtCall, useOpenFunction } from '../functions/index.ts';
import { usePreviewCommands } from '../preview/index.ts';
import { ProblemItem } from '../problems/problem-item.tsx';
import { useFormula, useFormulaSession, useSnapshot } from '../session/use-session.ts';
import { useClipboard } from './clipboard/use-clipboard.ts';
import { ColleagueCursors } from './colleague-cursors.tsx';
import { BLOCK_DRAG } from './drag-type.ts';
import { CanvasFind } from './find/canvas-find.tsx';
import { BlockPicker } from './picker/block-picker.tsx';
import { useAddAt, type Wanted } from './use-add-at.ts';
import { useAnnotationCommands } from './use-annotation-commands.tsx';
import { useCanvasCommands } from './use-canvas-commands.tsx';
import { useContextMenu } from './use-context-menu.ts';
import { useDragsOfOthers } from './use-drags-of-others.ts';
import { useDropOnWire } from './use-drop-on-wire.ts';
import { useFirstLayout } from './use-first-layout.ts';
import { useFollowView } from './use-follow-view.ts';
import { useGestures } from './use-gestures.ts';
import { useGraphLights, useGraphSparks, useGraphValues } from './use-graph-values.ts';
import { useKeptView } from './use-kept-view.ts';
import { useReveal } from './use-reveal.ts';
import { useShareView } from './use-share-view.ts';

const CURSOR_EVERY = 33;

interface Picking {
  readonly at: Point;
  readonly screen: Point;
  readonly wanted: Wanted;
}

/** The graph of the formula that several people edit, with what they show each other. */
export function Canvas() {
  const session = useFormulaSession();
  const view = useGraphView();
  const [picking, setPicking] = useState<Picking | null>(null);
  const pick = useCallback(
    (screen: Point, wanted: Wanted) => {
      if (session.status().canEdit) setPicking({ screen, at: view.placeAt(screen), wanted });
    },
    [session, view],
  );
  const clipboard = useClipboard();
  const isArranged = useFirstLayout();
  useReveal();
  useKeptView();
  useShareView();
  useFollowView();
  const { person: followed, stop: stopFollowing } = useFollowing();
  const menu = useContextMenu();
  useAnnotationCommands({
    pointer: clipboard.pointer,
    annotation: menu.annotation,
    duplicate: clipboard.duplicate,
  });
  const [isFinding, setIsFinding] = useState(false);
  const openFind = useCallback(() => setIsFinding(true), []);
  usePreviewCommands();
  useCanvasCommands({ pick, clipboard, pointed: menu.pointed, find: openFind });
  const { scope, open } = useOpenFunction();
  const { chosen } = useLookedAtCall();
  const naming = useFunctionCommands();
  // Another graph is shown from its own beginning.
  const shown = useRef(scope);
  useEffect(() => {
    // Whoever is followed shows what is seen of it.
    if (shown.current !== scope && followed === null) view.showOpening();
    shown.current = scope;
  }, [scope, view, followed]);

  const add = useAddAt();
  const dropping = useDropOnWire();
  const shownAt = useRef(0);
  const onPointerDown = (event: PointerEvent) => {
    stopFollowing();
    menu.onPointerDown(event);
    // Whoever turns to the nodes has no text in mind any more: the next copy is of nodes.
    if (!isTyping(event.target)) getSelection()?.removeAllRanges();
  };
  const onPointerMove = (event: PointerEvent) => {
    clipboard.pointAt({ x: event.clientX, y: event.clientY });
    if (event.timeStamp - shownAt.current < CURSOR_EVERY) return;
    shownAt.current = event.timeStamp;
    session.show({ cursor: view.placeAt({ x: event.clientX, y: event.clientY }) });
  };
  const onPointerLeave = () => {
    clipboard.pointAt(null);
    session.show({ cursor: null });
  };
  const onDoubleClick = (event: MouseEvent) => {
    if (isEmptyCanvas(event.target)) return pick({ x: event.clientX, y: event.clientY }, null);
    const { formula } = session.snapshot();
    const id =
      event.target instanceof Element ? event.target.closest('.react-flow__node')?.getAttribute('data-id') : null;
    const node = nodeOf(formula, id ?? '');
    const callee = node && calleeOf(formula, node);
    if (callee === undefined) return;
    session.select([]);
    open(callee, { at: id ?? '', within: chosen?.id });
  };
  const onDragOver = (event: DragEvent) => {
    event.preventDefault();
    dropping.look({ x: event.clientX, y: event.clientY });
  };
  const onDrop = (event: DragEvent) => {
    const name = event.dataTransfer.getData(BLOCK_DRAG);
    const block = findBlock(name) ?? functionBlocks(view.placed().formula).find((each) => each.name === name);
    const screen = { x: event.clientX, y: event.clientY };
    const onto = block && dropping.wireFor(block, screen);
    dropping.letGo();
    if (!block) return;
    event.preventDefault();
    add(block, view.placeAt(screen), onto ? { onto } : null);
  };
  const loose = useMemo(() => {
    const { wanted = null, at = null } = picking ?? {};
    return wanted && at && !('onto' in wanted) ? { dangling: wanted, at } : null;
  }, [picking]);

  return (
    <div
      data-pane
      data-arranged={isArranged}
      className="relative size-full"
      onPointerDownCapture={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerLeave={onPointerLeave}
      onDoubleClick={onDoubleClick}
      {...menu.handlers}
      onDragOver={onDragOver}
      onDragLeave={dropping.letGo}
      onDrop={onDrop}
    >
      <Graph pick={pick} copy={clipboard.copyTo} loose={loose} target={dropping.target} />
      <FunctionBar />
      {naming}
      {isFinding ? <CanvasFind onClose={() => setIsFinding(false)} /> : null}
      <CommandMenu
        menu={menu.menu}
        label="What can be done here"
        onClose={menu.close}
        onClosed={menu.forget}
        onChoose={({ x, y }) => clipboard.pointAt({ x, y })}
      />
      {picking ? (
        <BlockPicker
          screen={picking.screen}
          wanted={picking.wanted}
          onClose={() => setPicking(null)}
          onPick={(block) => {
            add(block, picking.at, picking.wanted);
            setPicking(null);
          }}
        />
      ) : null}
    </div>
  );
}

interface GraphProps extends Pick<GraphGestures, 'pick' | 'copy'>, Pick<FormulaGraphProps, 'loose' | 'target'> {}

function Graph({ pick, copy, loose = null, target = null }: GraphProps) {
  const session = useFormulaSession();
  const formula = useFormula();
  const { scope } = useOpenFunction();
  const checked = useSnapshot((snapshot) => snapshot.checked);
  const selection = useSnapshot((snapshot) => snapshot.selection);
  const gestures = useGestures({ pick, copy });
  const values = useGraphValues();
  const lights = useGraphLights();
  const sparks = useGraphSparks();
  const draggedByOthers = useDragsOfOthers();
  const select = useCallback(
    (change: (before: ReadonlySet<NodeId>) => Iterable<NodeId>) => session.select(change(session.snapshot().selection)),
    [session],
  );
  return (
    <>
      <FormulaGraph
        formula={formula}
        scope={scope}
        checked={checked}
        selection={selection}
        onSelect={select}
        draggedByOthers={draggedByOthers}
        loose={loose}
        target={target}
        Mark={NodeMark}
        ProblemItem={ProblemItem}
        {...(gestures ? { gestures } : {})}
        {...(values ? { values } : {})}
        {...(lights ? { lights } : {})}
        {...(sparks ? { sparks } : {})}
      >
        <ColleagueCursors />
      </FormulaGraph>
      {Object.keys(formula.nodes).length === 0 ? (
        <div className="pointer-events-none absolute inset-0 grid place-items-center">
          <EmptyState icon={<Workflow />} title="An empty canvas">
            Double-click or press A to add a block, press B for all of them, paste code here, or write code on the
            right.
          </EmptyState>
        </div>
      ) : null}
    </>
  );
}
