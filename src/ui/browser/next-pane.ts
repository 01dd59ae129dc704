/**
 * What of a pane takes the focus first. One after the other: a search for all of them at once finds them in the order
 * of the page, where wires come before nodes.
 */
const FIRST = [
  '.cm-content',
  '.react-flow__node.selected',
  '.react-flow__node',
  '[tabindex="0"], a[href], button, input',
];

const isShown = (pane: HTMLElement): boolean => pane.getClientRects().length > 0;

/** Each pane is entered where it was left. */
const left = new WeakMap<Element, HTMLElement>();

/** Puts the focus into the pane after the one that has it, or before it; panes are marked with `data-pane`. */
export function focusNextPane(step: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter(isShown);
  if (panes.length === 0) return;
  const { activeElement } = document;
  const at = panes.findLastIndex((pane) => pane.contains(activeElement));
  const before = panes[at];
  if (before && activeElement instanceof HTMLElement) left.set(before, activeElement);
  const start = at === -1 && step === -1 ? 0 : at;
  for (let tried = 1; tried <= panes.length; tried += 1) {
    const pane = panes[(start + step * tried + panes.length * tried) % panes.length];
    if (pane && enter(pane)) return;
  }
}

/** False where there is nothing that takes the focus. */
function enter(pane: HTMLElement): boolean {
  const known = left.get(pane);
  const found = [
    ...(known && pane.contains(known) ? [known] : []),
    ...FIRST.flatMap((kind) => [...pane.querySelectorAll<HTMLElement>(kind)]),
  ];
  for (const element of found) {
    element.focus();
    if (pane.contains(document.activeElement)) return true;
  }
  return false;
}
