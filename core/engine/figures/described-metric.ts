import type { Measure } from './measures.ts';

/** A figure of a run, as people read it. */
export interface DescribedMetric {
  readonly key: string;
  readonly title: string;
  /** For a column or a line of figures: the title, unless that is long. */
  readonly shortTitle: string;
  /** What it is and whose definition, as people read it beside the figure. */
  readonly definition: string;
  readonly unit: 'percent' | 'ratio' | 'count' | 'money' | 'bars';
  /** Which of two runs is the better one by this figure. */
  readonly better: 'higher' | 'lower';
  /** Whether its sign is good or bad news. */
  readonly isOutcome: boolean;
}

type More = Partial<Pick<DescribedMetric, 'shortTitle' | 'better' | 'isOutcome'>>;

/** A row of the table of metrics: its words, and its arithmetic beside them. */
export function metric<const Key extends string>(
  key: Key,
  title: string,
  unit: DescribedMetric['unit'],
  definition: string,
  of: Measure,
  { shortTitle = title, better = 'higher', isOutcome = false }: More = {},
) {
  return { key, title, shortTitle, definition, unit, better, isOutcome, of };
}
