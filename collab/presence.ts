import type { NodeId, Point } from '#core/formula/model/formula.ts';
import { idOf, type UserId } from '#core/requests/ids.ts';

/** Who it is. Written by the server whatever a client says; the colour follows from the id. */
export interface PresentUser {
  readonly id: UserId;
  readonly name: string;
}

/** A place in the code, as far from the start of a statement as everybody sees it: their texts may differ elsewhere. */
export interface CodePoint {
  /** null: behind the last statement. */
  readonly node: NodeId | null;
  /** In UTF-16 units; below zero in the comment above. */
  readonly offset: number;
  /**
   * How long the statement is where the person is: with another length it is not the same text yet, and the place not
   * that place.
   */
  readonly length: number;
}

/** What a person sees of the canvas: the middle of it, in the canvas's own coordinates, since screens differ. */
export interface View extends Point {
  readonly zoom: number;
}

/** What a person shows the others through awareness. It is never stored. */
export interface Presence {
  readonly user?: PresentUser;
  /** The pointer over the canvas, in the canvas's own coordinates. */
  readonly cursor?: Point | null;
  readonly selection?: readonly NodeId[];
  /** The selection in the code pane; the head is where the caret is. */
  readonly code?: { readonly anchor: CodePoint; readonly head: CodePoint } | null;
  /** Nodes on their way, before they are dropped. */
  readonly drag?: Readonly<Record<NodeId, readonly [x: number, y: number]>> | null;
  /** The field that this person has open, as node and port. */
  readonly field?: { readonly node: NodeId; readonly port: string } | null;
  readonly view?: View | null;
  /** The function whose graph the person sees; null for the strategy's. */
  readonly openFunction?: NodeId | null;
  /** Where what the person sees of the code begins. */
  readonly scroll?: CodePoint | null;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/**
 * Reads another client's awareness state. What is not well-formed is left out, since any client may write anything
 * there.
 */
export function readPresence(state: unknown): Presence {
  if (!isRecord(state)) return {};
  const { user, cursor, selection, code, drag, field, view, openFunction, scroll } = state;
  return {
    ...(isRecord(user) && typeof user['id'] === 'string' && typeof user['name'] === 'string'
      ? { user: { id: idOf('user', user['id']), name: user['name'] } }
      : {}),
    ...(isRecord(cursor) && isNumber(cursor['x']) && isNumber(cursor['y'])
      ? { cursor: { x: cursor['x'], y: cursor['y'] } }
      : {}),
    ...(Array.isArray(selection) ? { selection: selection.filter((id): id is string => typeof id === 'string') } : {}),
    ...(isRecord(code) && isCodePoint(code['anchor']) && isCodePoint(code['head'])
      ? { code: { anchor: code['anchor'], head: code['head'] } }
      : {}),
    ...(isRecord(drag)
      ? {
          drag: Object.fromEntries(
            Object.entries(drag).filter((entry): entry is [string, [number, number]] => isPair(entry[1])),
          ),
        }
      : {}),
    ...(isRecord(field) && typeof field['node'] === 'string' && typeof field['port'] === 'string'
      ? { field: { node: field['node'], port: field['port'] } }
      : {}),
    ...(isRecord(view) && isNumber(view['x']) && isNumber(view['y']) && isNumber(view['zoom']) && view['zoom'] > 0
      ? { view: { x: view['x'], y: view['y'], zoom: view['zoom'] } }
      : {}),
    ...(typeof openFunction === 'string' ? { openFunction } : {}),
    ...(isCodePoint(scroll) ? { scroll } : {}),
  };
}

const isCodePoint = (value: unknown): value is CodePoint =>
  isRecord(value) &&
  (value['node'] === null || typeof value['node'] === 'string') &&
  isNumber(value['offset']) &&
  isNumber(value['length']);
const isPair = (value: unknown): value is [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every(isNumber);
