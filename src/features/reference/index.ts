export { pathOf as referencePath } from './path.ts';
export { ReferencePage } from './reference-page.tsx';
