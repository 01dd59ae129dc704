import fc from 'fast-check';

/** Text that has broken something somewhere. */
export const ODD_TEXTS = ['', ' ', '\0', 'a\0b', '\uD800', '\uDC00x', '__proto__', 'constructor', '0x10', '1e5', 'Infinity', "';--", '\u202E', 'x'.repeat(101), 'x'.repeat(20_000), '\u{1F600}'.repeat(60), '[1', '{"a":'];
export const ODD_NUMBERS = [0, -0, -1, 1, 0.5, 2 ** 31, -(2 ** 31) - 1, 2 ** 32, 2 ** 53, 9e15, -9e15, 8.64e15 + 1, 253402300800000, -62135596800001, 1e300, -1e300, Number.NaN, Infinity, 5e-324];
/** Values of any kind. */
export const odd = fc.oneof(fc.constantFrom<unknown>(...ODD_TEXTS, ...ODD_NUMBERS, null, undefined, true, [], {}, new Date(Number.NaN), new Date(8.64e15), 10n), fc.string({ unit: 'binary', maxLength: 50 }), fc.double());
