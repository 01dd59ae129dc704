import superjson from 'superjson';
import { readInput, writeInput } from '#core/requests/input-form.ts';
import { AppError } from '#server/errors.ts';

/**
 * How values go over the network: answers as superjson, which only we write; inputs, which anybody writes, as plain
 * JSON.
 */
export const transformer = {
  input: {
    serialize: writeInput,
    deserialize: (form: unknown): unknown => {
      const input = readInput(form);
      if (!input.ok) throw new AppError('INVALID', input.error);
      return input.value;
    },
  },
  output: superjson,
};
