export { ComparePage } from './lazy-compare-page.tsx';
