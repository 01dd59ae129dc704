import type { Change } from '#core/diff/diff.ts';
import type { NodeMark } from '#core/diff/overlay.ts';

/** The kind of a change as the canvas marks it. */
export const markOf = ({ kind }: Change): NodeMark =>
  kind === 'added' || kind === 'removed' || kind === 'moved' ? kind : 'changed';
