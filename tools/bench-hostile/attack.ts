/**
 * An attack of `npm run bench:hostile`. Each file in `bench-hostile/requests/` and `bench-hostile/documents/` exports
 * one, under the name `attack`:
 *
 *     export const attack: Attack = { name: 'batches of 1,100 calls', run: async (server, signal) => { … } };
 *
 * `run` attacks until `signal` is aborted, and returns soon after. It runs in a process of its own, so what it costs
 * its maker is not measured; errors and refusals are what an attack expects, so it swallows those of single requests
 * and goes on.
 */
export interface Attack {
  readonly name: string;
  /** Behind the address of the honest people, who are otherwise at another one. */
  readonly isNeighbour?: boolean;
  /** What there must be before: not measured. */
  prepare?(server: AttackedServer, signal: AbortSignal): Promise<void>;
  run(server: AttackedServer, signal: AbortSignal): Promise<void>;
  /**
   * Takes away what would go on by itself, such as bots: recovery counts from its end. What it has seen, in words, for
   * the report.
   */
  after?(server: AttackedServer): Promise<string>;
}

export interface AttackedServer {
  /** Such as `http://127.0.0.1:41100`; `ws` is the same for websockets. */
  readonly origin: string;
  readonly ws: string;
  /** The cookie of an attacker who has an account and an organisation of their own, with a market and a formula. */
  readonly cookie: string;
  readonly orgId: string;
  readonly marketId: string;
  readonly formulaId: string;
  /**
   * The cookies of a viewer and of an editor in the organisation of the honest people, and the formula that those are
   * editing.
   */
  readonly viewerCookie: string;
  readonly editorCookie: string;
  readonly sharedFormulaId: string;
  /** A formula of the same organisation that nobody else has open. */
  readonly targetFormulaId: string;
}
