export { SignalsPage } from './signals-page.tsx';
