export { BuilderPage } from './lazy-builder.tsx';
export { beginWithStrategy } from './sandbox/lazy-begin.ts';
export { SandboxPage, ShownStrategy } from './sandbox/lazy-sandbox.tsx';
export { LiveFormula } from './live/lazy-live-formula.tsx';
