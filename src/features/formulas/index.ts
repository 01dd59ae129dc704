export { FormulaMenu } from './formula-menu.tsx';
export { FormulasPage } from './formulas-page.tsx';
