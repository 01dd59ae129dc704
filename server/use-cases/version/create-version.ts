import { act } from '../act/act.ts';
import type { Caller } from '../context.ts';
import { takeVersion, type TakenVersion } from './take-version.ts';

/** Saves the formula as it is in the shared document at this moment. */
export function createVersion(
  caller: Caller,
  input: { readonly formulaId: string; readonly message: string },
): Promise<TakenVersion> {
  return act(caller, 'version.create', (unit) => takeVersion(unit, { ...input, reuse: false }));
}
