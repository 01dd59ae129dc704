import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fieldsOf, withFields } from './use-address-fields.ts';

const EMPTY = { q: '', status: 'any' };

test('an address gives back the fields that it was made of, whatever is typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (q, status) => {
      const fields = { q, status };
      expect(fieldsOf(withFields('', EMPTY, fields), EMPTY)).toEqual(fields);
    }),
  );
});

test('an address names only what differs, and keeps what is not its own', () => {
  expect(withFields('?q=old&status=failed', EMPTY, EMPTY)).toBe('');
  expect(withFields('?tab=archived', EMPTY, { q: 'a b&c', status: 'any' })).toBe('?tab=archived&q=a+b%26c');
  expect(fieldsOf('?tab=archived', EMPTY)).toEqual(EMPTY);
});
