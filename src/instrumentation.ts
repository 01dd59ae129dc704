import type { Instrumentation } from 'next';
import { getRuntime } from '#server/runtime.ts';

/**
 * What a page or a route handler did not catch. The address is logged without its query, which may say what is nobody's
 * business.
 */
export const onRequestError: Instrumentation.onRequestError = (error, { path, method }, { routePath }) => {
  getRuntime().log.error({ err: error, method, path: path.split('?')[0], route: routePath }, 'request failed');
};
