/** How many attempts are free, and how long each further attempt has to wait. A wait doubles with each failure. */
export interface GrowingWait {
  readonly free: number;
  readonly firstSeconds: number;
  readonly longestSeconds: number;
  /** After so long without being renewed, the failures are forgotten. */
  readonly rememberedSeconds: number;
}

/**
 * Bounds of guessing passwords. Attempts from a device on which the account was signed in before count for that device
 * alone, so strangers can't make the owner wait. All others count by account and address together, by account, and by
 * address.
 */
export const SIGN_IN_LIMITS = {
  device: { free: 10, firstSeconds: 1, longestSeconds: 300, rememberedSeconds: 86_400 },
  pair: { free: 5, firstSeconds: 1, longestSeconds: 900, rememberedSeconds: 86_400 },
  account: { free: 20, firstSeconds: 1, longestSeconds: 120, rememberedSeconds: 86_400 },
  address: { free: 30, firstSeconds: 1, longestSeconds: 300, rememberedSeconds: 3_600 },
  /** Of an account whose password was right: of a million codes three hold at a time. */
  second: { free: 5, firstSeconds: 30, longestSeconds: 900, rememberedSeconds: 86_400 },
} as const satisfies Record<string, GrowingWait>;

export type SignInLimit = keyof typeof SIGN_IN_LIMITS;

/** Seconds between two attempts after so many failures. */
export const waitAfter = ({ free, firstSeconds, longestSeconds }: GrowingWait, failures: number): number =>
  failures < free ? 0 : Math.min(longestSeconds, firstSeconds * 2 ** (failures - free));

/** Each hash takes 19 MiB and a core for some 20 ms: more than `atOnce` would slow everything else down. */
export const HASHING = {
  atOnce: 2,
  waiting: 256,
  waitingPerShare: 16,
  waitingPerAccount: 4,
  longestWaitMs: 2_000,
} as const;
