import { AppError } from '#server/errors.ts';

/** Of a request whose asker left before its turn came: nothing is computed for nobody. */
export const givenUp = (): AppError => new AppError('UNAVAILABLE', 'The request was given up.');
