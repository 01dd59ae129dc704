import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { expect, it } from 'vitest';
import { ERROR_CODES } from '#core/requests/error-codes.ts';

it.each(Object.entries(ERROR_CODES))('%s has the status that tRPC gives its code', (_, { trpc, status }) => {
  expect(getHTTPStatusCodeFromError(new TRPCError({ code: trpc }))).toBe(status);
});
