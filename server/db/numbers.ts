/**
 * How the database keeps numbers that JavaScript counts with, one way for each use. Counts, times and prices of a
 * single row are columns of their own (`bigint`, `double precision`) and need no codec.
 *
 * | what | kept as | NaN, infinities, -0 |
 * | --- | --- | --- |
 * | a column of numbers | bytes: `bytesOf`, `columnOf` | as they are |
 * | figures by name, in JSON | `definedOf` | a figure that is not defined is left out |
 * | one figure, in JSON | `finiteOf` | null |
 * | the state of a runner | text: `pack`, `unpack` of `core/engine/stream` | as they are |
 */

/** A column as the database keeps the column: little-endian float64. A view, no copy. */
export const bytesOf = (column: Float64Array): Uint8Array =>
  new Uint8Array(column.buffer, column.byteOffset, column.byteLength);

/** What `bytesOf` was given. Copied, since a driver's buffer may lie at any offset and a Float64Array may not. */
export const columnOf = (bytes: Uint8Array): Float64Array => new Float64Array(new Uint8Array(bytes).buffer);

/** JSON has no NaN and no infinity: a figure that is not defined is left out. */
export const definedOf = <Figures extends Readonly<Partial<Record<string, number>>>>(
  figures: Figures,
): Partial<Figures> =>
  Object.fromEntries(Object.entries(figures).filter(([, value]) => Number.isFinite(value))) as Partial<Figures>;

/** The same of one figure: null where it is not defined. */
export const finiteOf = (figure: number): number | null => (Number.isFinite(figure) ? figure : null);
