import superjson from 'superjson';
import { writeInput } from '#core/requests/input-form.ts';

/** The browser's side of how values go over the network: it writes inputs and reads answers. */
export const transformer = {
  input: {
    serialize: writeInput,
    deserialize: (): never => {
      throw new Error('Only the server reads inputs.');
    },
  },
  output: superjson,
};
