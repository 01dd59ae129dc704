export { MarketGaps } from './gap-notice.tsx';
export { MarketsPage } from './markets-page.tsx';
