export { MergePage } from './lazy-merge-page.tsx';
