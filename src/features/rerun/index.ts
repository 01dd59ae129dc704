export { decisionOf, pathTo } from './decision-of.ts';
export { type ListedBars } from './listed-bars.ts';
export { lineKeyOf, nodesOfLines } from './line-keys.ts';
export { IDLE_PREVIEW, PreviewStore, type PreviewMade, type PreviewState } from './preview-store.ts';
export type { BarStory } from './protocol.ts';
export { sparkPath } from './spark.ts';
export { WhyPanel } from './why-panel.tsx';
