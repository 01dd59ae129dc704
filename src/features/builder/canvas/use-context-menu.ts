'use client';
import { useCallback, useMemo, useRef, useState, type MouseEvent, type PointerEvent } from 'react';
import type { MenuPlace, OpenMenu } from '#commands/index.ts';
import type { AnnotationId } from '#core/formula/model/annotations.ts';
import type { NodeId, Point } from '#core/formula/model/formula.ts';
import { useGraphView } from '#features/graph/index.ts';
import { isTyping } from '#ui/browser/is-typing.ts';
import { useFormulaSession } from '../session/use-session.ts';

/** A port at which a menu was opened. */
export interface PointedPort {
  readonly node: NodeId;
  readonly port: string;
  readonly side: 'input' | 'output';
}

/** The second button moves the view, too: beyond this many pixels the press was no click. */
const CLICK = 4;

/**
 * Opens the context menu of what is pressed with the second button, or has the focus when the key of menus is pressed.
 */
export function useContextMenu() {
  const session = useFormulaSession();
  const view = useGraphView();
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const pointed = useRef<PointedPort | null>(null);
  const left = useRef<PointedPort | null>(null);
  const annotation = useRef<AnnotationId | null>(null);
  const pressed = useRef<{ readonly at: Point; readonly target: Element } | null>(null);

  const open = useCallback(
    (target: Element, at: Point, isByKey: boolean) => {
      const place = placeOf(target, isByKey);
      pointed.current = place.type === 'port' ? place.port : null;
      annotation.current = place.type === 'frame' || place.type === 'note' ? place.id : null;
      if (place.type === 'node' && !session.snapshot().selection.has(place.node)) session.select([place.node]);
      if (place.type === 'wire') {
        session.select([]);
        view.selectWires([place.wire]);
      }
      if (place.type === 'node' || place.type === 'canvas') view.selectWires([]);
      // React Flow knows of the selected wire with the next frame, and the menu asks for that.
      requestAnimationFrame(() => setMenu({ place: place.type, ...at }));
    },
    [session, view],
  );
  const onPointerDown = useCallback(({ button, ctrlKey, metaKey, clientX, clientY, target }: PointerEvent) => {
    const isStroke = ctrlKey || metaKey;
    pressed.current =
      button === 2 && !isStroke && target instanceof Element && !isTyping(target)
        ? { at: { x: clientX, y: clientY }, target }
        : null;
  }, []);
  const onPointerUp = useCallback(
    ({ button, clientX, clientY }: PointerEvent) => {
      const press = pressed.current;
      if (button !== 2 || !press) return;
      pressed.current = null;
      if (Math.hypot(clientX - press.at.x, clientY - press.at.y) <= CLICK) open(press.target, press.at, false);
    },
    [open],
  );
  /**
   * Some systems tell of a menu when the button goes down, some when it goes up: a press of the button is followed by
   * its own events.
   */
  const onContextMenu = useCallback(
    (event: MouseEvent) => {
      if (event.shiftKey || isTyping(event.target) || !(event.target instanceof Element)) return;
      event.preventDefault();
      if (event.button === 2) return;
      const box = event.target.getBoundingClientRect();
      const isByKey = event.clientX === 0 && event.clientY === 0;
      const at = isByKey ? { x: box.x + 12, y: box.y + 12 } : { x: event.clientX, y: event.clientY };
      open(event.target, at, true);
    },
    [open],
  );
  const close = useCallback(() => {
    left.current = pointed.current;
    setMenu(null);
  }, []);
  /**
   * After `close`: the command that was chosen asks for the port. By then another menu may be open, of another port.
   */
  const forget = useCallback(() => {
    if (pointed.current === left.current) pointed.current = null;
  }, []);
  return useMemo(
    () => ({ menu, close, forget, pointed, annotation, handlers: { onPointerUp, onContextMenu }, onPointerDown }),
    [menu, close, forget, onPointerUp, onContextMenu, onPointerDown],
  );
}

type Pointed =
  | { readonly type: Extract<MenuPlace, 'canvas'> }
  | { readonly type: 'node'; readonly node: NodeId }
  | { readonly type: 'frame' | 'note'; readonly id: AnnotationId }
  | { readonly type: 'wire'; readonly wire: { readonly node: NodeId; readonly port: string } }
  | { readonly type: 'port'; readonly port: PointedPort };

function placeOf(target: Element, isByKey: boolean): Pointed {
  const handle = target.closest('.react-flow__handle');
  if (handle)
    return {
      type: 'port',
      port: {
        node: handle.getAttribute('data-nodeid') ?? '',
        port: handle.getAttribute('data-handleid') ?? '',
        side: handle.classList.contains('source') ? 'output' : 'input',
      },
    };
  const node = target.closest('.react-flow__node')?.getAttribute('data-id');
  const row = isByKey ? target.closest('[data-port]')?.getAttribute('data-port') : null;
  if (node && row) return { type: 'port', port: { node, port: row, side: 'input' } };
  if (node) return { type: 'node', node };
  const note = target.closest('[data-note]')?.getAttribute('data-note');
  if (note) return { type: 'note', id: note };
  const frame = target.closest('[data-frame]')?.getAttribute('data-frame');
  if (frame) return { type: 'frame', id: frame };
  const wire = target.closest('.react-flow__edge')?.getAttribute('data-id');
  // The id of a wire is its node and its port; ports have no slash.
  const cut = wire?.lastIndexOf('/') ?? -1;
  return wire && cut >= 0
    ? { type: 'wire', wire: { node: wire.slice(0, cut), port: wire.slice(cut + 1) } }
    : { type: 'canvas' };
}
