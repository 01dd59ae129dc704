export type Cell = string | number;

/** A line of a file that a spreadsheet opens: quoted where it must be, and never a formula. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(quoted).join(',')}\n`;

/**
 * What a spreadsheet would take for a formula, at the beginning of a cell or behind what may begin another: which of
 * `,`, `;`, tab and the end of a line parts cells is a setting of the spreadsheet, and with another than ours the
 * quotes do not hold a cell together.
 */
const FORMULA = /(^|[;\t\r\n])((?:[^\S\t\r\n]|")*)(?=[=+\-@＝＋－＠])/g;

/** A text that a spreadsheet would take for a formula is marked as a text. */
function quoted(cell: Cell): string {
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const safe = cell.replace(FORMULA, "$1$2'").replace(/^(?=[\t\r])/, "'");
  return /[",;\t\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
