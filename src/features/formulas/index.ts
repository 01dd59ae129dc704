export { ArchivedNotice } from './archived-notice.tsx';
export { copyFormula, saveFormula, type ExportedFormula } from './export-file.ts';
export { FormulaImport } from './formula-import.tsx';
export { FormulaMenu } from './formula-menu.tsx';
export { FormulasPage } from './formulas-page.tsx';
