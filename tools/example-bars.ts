const DAY = 86_400_000;
const FIRST = '2010-01-01';

/** The S&P 500 from 2010 on, out of the file of the npm package `vega-datasets`: days since 1970, prices in cents. */
export function exampleBars(csv: string): Readonly<Record<string, readonly number[]>> {
  const rows = csv
    .trim()
    .split('\n')
    .slice(1)
    .filter((line) => line >= FIRST)
    .map((line) => line.split(','));
  const column = (index: number, read: (text: string) => number): number[] => rows.map((row) => read(row[index] ?? ''));
  const cents = (text: string): number => Math.round(Number(text) * 100) / 100;
  return {
    day: column(0, (text) => Date.parse(`${text}T00:00:00Z`) / DAY),
    open: column(1, cents),
    high: column(2, cents),
    low: column(3, cents),
    close: column(4, cents),
    volume: column(6, Number),
  };
}
