export * from './backtests.ts';
export * from './bots.ts';
export * from './events.ts';
export * from './formulas.ts';
export * from './markets.ts';
export * from './organisations.ts';
export * from './stripe.ts';
export * from './users.ts';
