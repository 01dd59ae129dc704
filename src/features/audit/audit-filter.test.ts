import { expect, it } from 'vitest';
import { ANYTHING, queryOf } from './audit-filter.ts';

it('days of a filter hold both ends, and what is no day narrows nothing', () => {
  expect(queryOf(ANYTHING)).toEqual({});
  expect(queryOf({ ...ANYTHING, from: '2026-01-30', to: '2026-01-31' })).toEqual({
    from: Date.UTC(2026, 0, 30),
    to: Date.UTC(2026, 1, 1),
  });
  expect(queryOf({ ...ANYTHING, from: '0999-12-31', to: 'soon', what: 'version' })).toEqual({ action: 'version' });
  expect(queryOf({ ...ANYTHING, ip: '192.0.2.1', device: 'Firefox', request: 'r' })).toEqual({
    ip: '192.0.2.1',
    device: 'Firefox',
    requestId: 'r',
  });
});
