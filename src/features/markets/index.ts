export { ImportDialog } from './lazy-import-dialog.tsx';
export { MarketGaps } from './gap-notice.tsx';
export { MarketsPage } from './markets-page.tsx';
