/** Part of the key of cached results: raised whenever the same question would get another answer. */
export const ENGINE_VERSION = '2';
