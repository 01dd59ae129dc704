export { SweepDialog } from './sweep-dialog.tsx';
export { SweepPage } from './sweep-page.tsx';
export { SweepsPage } from './sweeps-page.tsx';
