/** Where to go after signing in: only to a page of ours, never to another site. */
export const safePath = (next: string | null): string => (next !== null && /^\/(?![/\\])/.test(next) ? next : '/formulas');
