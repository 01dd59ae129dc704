export { decisionOf, pathTo } from './decision-of.ts';
export { columnsOf, type ListedBars } from './listed-bars.ts';
export { lineKeyOf, nodesOfLines } from './line-keys.ts';
export { IDLE_PREVIEW, PreviewStore, type PreviewMade, type PreviewState } from './preview-store.ts';
export { sparkPath } from './spark.ts';
export { useMarketBars } from './use-market-bars.ts';
export { useRerun, type Rerun } from './use-rerun.ts';
export { WhyPanel } from './why-panel.tsx';
export { withInputs } from './with-inputs.ts';
