export { WhereLettersAre } from './where-letters-are.tsx';
