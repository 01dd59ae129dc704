/**
 * How many times as many cases as `npm test` has: what a variable says that may be absent or empty. Throws on what is
 * no such number.
 */
export function scaleOf(text: string | undefined): number {
  if (text === undefined || text.trim() === '') return 1;
  const scale = Number(text);
  if (!(scale >= 1 && scale < Infinity))
    throw new Error(`TEST_SCALE is “${text}”; it has to be a number of at least 1, or be left out.`);
  return scale;
}

/**
 * The scale of this run. With less than 1, or with what is no number, some properties would pass without a single case.
 */
export const SCALE = scaleOf(process.env['TEST_SCALE']);
