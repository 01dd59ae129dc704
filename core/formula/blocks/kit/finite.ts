/** Evaluation is total: what is no finite number is `na`. */
export const finite = (value: number): number => (value - value === 0 ? value : Number.NaN);
