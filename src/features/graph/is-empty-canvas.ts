/** Whether what was pressed is the canvas itself, between nodes and wires. */
export const isEmptyCanvas = (target: EventTarget): boolean =>
  target instanceof Element && target.classList.contains('react-flow__pane');
