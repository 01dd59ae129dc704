/** A column as the database keeps it: little-endian float64. A view, no copy. */
export const bytesOf = (column: Float64Array): Uint8Array =>
  new Uint8Array(column.buffer, column.byteOffset, column.byteLength);

/** Copied, since a driver's buffer may lie at any offset and a Float64Array may not. */
export const columnOf = (bytes: Uint8Array): number[] => Array.from(new Float64Array(new Uint8Array(bytes).buffer));
