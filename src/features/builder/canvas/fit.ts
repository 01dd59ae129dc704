import type { ReactFlowInstance } from '@xyflow/react';

/** How the whole formula is shown: never larger than it is. */
export const FIT = { maxZoom: 1, padding: 0.15 };

/** Shows the whole formula once the canvas has its size: one frame gives it that, the next one knows it. */
export function fitSoon({ fitView }: Pick<ReactFlowInstance, 'fitView'>): void {
  requestAnimationFrame(() => requestAnimationFrame(() => void fitView(FIT)));
}
