import { expect, test } from 'vitest';
import { signInPath } from './offer-sign-in.ts';

test('whoever is signed out is led to the sign-in page and back, from everywhere but the pages of access', () => {
  expect(signInPath({ pathname: '/formulas/1', search: '?version=2' })).toBe(
    '/sign-in?next=%2Fformulas%2F1%3Fversion%3D2',
  );
  expect(['/sign-in', '/register', '/join'].map((pathname) => signInPath({ pathname, search: '' }))).toEqual([
    null,
    null,
    null,
  ]);
  expect(signInPath({ pathname: '/', search: '' })).toBe('/sign-in?next=%2F');
});
