/** Epochs are counted from here; each re-base begins another. */
export const FIRST_EPOCH = 1;

/** Clients choose their ids among so many: that one chooses one of ours will not happen. */
const CLIENTS = 2 ** 32;

/**
 * By formula, so that what builds on another formula's document builds on nothing here. The end of an id is random in
 * every kind of UUID.
 */
const baseOf = (formulaId: string): number => Number.parseInt(formulaId.slice(-8), 16);

/**
 * Who writes the beginning of a formula's document in an epoch, so that a state vector, or an update, shows of which
 * epoch it is.
 */
export const firstClient = (formulaId: string, epoch: number): number => (baseOf(formulaId) + epoch) % CLIENTS;

/** Whether this client began the document in an epoch before `epoch`. */
export function beganEarlier(client: number, formulaId: string, epoch: number): boolean {
  const age = (client - baseOf(formulaId) + CLIENTS) % CLIENTS;
  return age >= FIRST_EPOCH && age < epoch;
}
