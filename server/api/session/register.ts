import { z } from 'zod';
import { register as registerUser } from '#server/use-cases/session/register.ts';
import { email, invitationToken, name, password } from '../fields.ts';
import { publicProcedure } from '../trpc.ts';
import { giveCookies, needCookies } from './cookies.ts';
import { observeEntry } from './observe-entry.ts';

const person = { name: name('your name'), email, password };

export const register = publicProcedure('register')
  .input(z.union([z.strictObject({ ...person, organisation: name('the name of your organisation') }), z.strictObject({ ...person, invitation: invitationToken })]))
  .mutation(async ({ ctx, input }) => {
    const joins = 'invitation' in input ? { invitation: input.invitation } : { organisation: input.organisation };
    needCookies(ctx);
    const { name: given, email: address, password: typed } = input;
    giveCookies(ctx, await observeEntry(ctx, 'register', address, () => registerUser(ctx, { name: given, email: address, password: typed, joins })));
  });
