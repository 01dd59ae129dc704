export { BuilderPage } from './lazy-builder.tsx';
