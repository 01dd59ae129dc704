import type { BlockList } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { ProxyListError, readProxies } from '#server/network/client-address.ts';
import { isLoopback } from '#server/network/loopback.ts';
import { PLAN_NAMES, type PlanName } from '#server/policies/plans.ts';
import type { DatabaseUrls } from '../db/urls.ts';
import { readSealKeys, SealKeyError, type SealKey } from './seal-keys.ts';

export const ROLES = ['web', 'realtime', 'worker'] as const;
export type ProcessRole = (typeof ROLES)[number];

const roles = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((role) => role.trim())
      .filter(Boolean),
  )
  .pipe(z.array(z.enum(ROLES)).min(1));

const proxies = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((entry) => entry.trim())
      .filter(Boolean),
  )
  .transform((entries, context) => {
    try {
      return readProxies(entries);
    } catch (error) {
      if (!(error instanceof ProxyListError)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
      return z.NEVER;
    }
  });

/** `id:key, id:key`: the first seals, all of them open. */
const sealKeys = z
  .string()
  .transform((text) => text.split(',').map((entry) => entry.trim()))
  .transform((entries, context) => {
    try {
      return readSealKeys(entries);
    } catch (error) {
      if (!(error instanceof SealKeyError)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
      return z.NEVER;
    }
  });
/** `pro=price_1, pro=price_2, enterprise=price_3`: a plan may have several, such as one a month and one a year. */
const prices = z.string().transform((text, context): PlanPrice[] =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean)
    .flatMap((entry) => {
      const [plan, price = ''] = entry.split('=').map((part) => part.trim());
      const known = PLAN_NAMES.find((name) => name === plan && name !== 'free');
      if (known && /^price_\w+$/.test(price)) return [{ plan: known, price }];
      context.addIssue({
        code: 'custom',
        message: `“${entry}” is not like pro=price_123; plans are pro and enterprise`,
      });
      return [];
    }),
);

const databaseUrl = z.string().regex(/^postgres(ql)?:\/\//, 'must start with postgres://');

/** An empty variable (`PORT= npm start`) counts as a variable that is not set. */
const environment = z.preprocess(
  (env) => Object.fromEntries(Object.entries(env as Record<string, unknown>).filter(([, value]) => value !== '')),
  z.object({
    NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
    PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
    HOST: z.string().default('127.0.0.1'),
    ORIGIN: z
      .url({ protocol: /^https?$/ })
      .transform((text) => new URL(text).origin)
      .optional(),
    DATABASE_URL: databaseUrl.optional(),
    SYSTEM_DATABASE_URL: databaseUrl.optional(),
    MIGRATION_DATABASE_URL: databaseUrl.optional(),
    DATABASE_ROLES: z.enum(['one', 'three']).optional(),
    TRUSTED_PROXIES: proxies.optional(),
    KEEP_ALIVE: z.coerce.number().int().min(1).max(3600).optional(),
    DATA_DIR: z.string().default('.data'),
    ROLES: roles.default([...ROLES]),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
    DEMO: z.stringbool().optional(),
    COMPUTE_THREADS: z.coerce.number().int().min(1).max(64).optional(),
    ADMIN_EMAILS: z
      .string()
      .transform((text) =>
        text
          .split(',')
          .map((email) => email.trim().toLowerCase())
          .filter(Boolean),
      )
      .pipe(z.array(z.email('must be e-mail addresses with commas between them')))
      .optional(),
    METRICS_TOKEN: z.string().min(16, 'must have 16 characters or more').optional(),
    SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must start with smtp:// or smtps://' }).optional(),
    MAIL_FROM: z.string().max(300).optional(),
    SEAL_KEYS: sealKeys.optional(),
    STRIPE_SECRET_KEY: z.string().optional(),
    STRIPE_WEBHOOK_SECRET: z.string().optional(),
    STRIPE_API_BASE: z.url().optional(),
    STRIPE_PRICES: prices.default([]),
    PLAN: z.enum(PLAN_NAMES).optional(),
  }),
);

interface PlanPrice {
  readonly plan: PlanName;
  /** The id of the price at Stripe. */
  readonly price: string;
}

export interface StripeConfig {
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** Another address of Stripe's API, for tests. */
  readonly apiBase?: string;
  /** What can be bought, the usual price of a plan first. */
  readonly prices: readonly PlanPrice[];
}

export interface MailConfig {
  /** `smtp://user:password@host:port`. */
  readonly url: string;
  readonly from: string;
}

export interface Config {
  readonly nodeEnv: 'production' | 'development' | 'test';
  readonly host: string;
  readonly port: number;
  /** The address people use, when it differs from `host` and `port` (behind a proxy). */
  readonly origin?: string;
  /** A Postgres server to use; without it an embedded one is started in `dataDir`. */
  readonly database?: DatabaseUrls;
  /** How many roles the operator says there are; unsaid, one will do where this machine alone reaches the server. */
  readonly databaseRoles?: 'one' | 'three';
  /** The proxies whose word on a client's address is believed; by default nobody's. */
  readonly trustedProxies: BlockList;
  /** Whether something forwards to the server, by ORIGIN and TRUSTED_PROXIES. */
  readonly isBehindProxy: boolean;
  /** Seconds for which a connection without a request is kept; unsaid, by what stands in front. */
  readonly keepAlive?: number;
  readonly dataDir: string;
  readonly roles: ReadonlySet<ProcessRole>;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Whether an empty database is filled with the demo organisation. */
  readonly demo: boolean;
  /**
   * Whether this machine alone reaches the server, by ORIGIN and by HOST: only then may a password work that everybody
   * knows.
   */
  readonly onlyHere: boolean;
  /** Threads that compute backtests; by default one fewer than the cores, at least one. */
  readonly computeThreads?: number;
  /** Addresses of accounts that look after the installation; they get that role at the start. */
  readonly adminEmails: readonly string[];
  /** The secret with which metrics are read at `/metrics`; without it there are none. */
  readonly metricsToken?: string;
  readonly stripe?: StripeConfig;
  /** How letters are sent; without it they become files in `dataDir`. */
  readonly mail?: MailConfig;
  /** With which secrets are sealed in the database; without it a key in `dataDir`, which is made once. */
  readonly sealKeys?: readonly SealKey[];
  /** The plan of organisations without a subscription. */
  readonly plan: PlanName;
  /** Whether somebody has chosen that plan: who hosts for themselves sells nothing. */
  readonly isPlanChosen: boolean;
}

/** Thrown for a wrong environment; the message names each variable and what is wrong with it. */
export class ConfigError extends Error {}

/** Parses the environment once. Throws `ConfigError` with every problem, not the first. */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`The environment is not right:\n${problems.join('\n')}`);
  }
  const value = parsed.data;
  if (Boolean(value.STRIPE_SECRET_KEY) !== Boolean(value.STRIPE_WEBHOOK_SECRET)) {
    throw new ConfigError('Set both STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET, or neither.');
  }
  if (value.SMTP_URL && !value.MAIL_FROM)
    throw new ConfigError('Set MAIL_FROM beside SMTP_URL: who letters are from, such as Alphaloom <loom@example.com>.');
  const database = urlsOf(value);
  const onlyHere = isLoopback(value.HOST) && (!value.ORIGIN || isLoopback(new URL(value.ORIGIN).hostname));
  return {
    nodeEnv: value.NODE_ENV,
    host: value.HOST,
    port: value.PORT,
    trustedProxies: value.TRUSTED_PROXIES ?? readProxies([]),
    isBehindProxy: value.ORIGIN !== undefined || value.TRUSTED_PROXIES !== undefined,
    ...(value.KEEP_ALIVE ? { keepAlive: value.KEEP_ALIVE } : {}),
    dataDir: resolve(value.DATA_DIR),
    roles: new Set(value.ROLES),
    logLevel: value.LOG_LEVEL,
    // A server that others reach, or a database that is somebody's own, gets a demo only when asked.
    demo: value.DEMO ?? (onlyHere && !value.ORIGIN && !value.DATABASE_URL),
    onlyHere,
    adminEmails: value.ADMIN_EMAILS ?? [],
    plan: value.PLAN ?? 'free',
    isPlanChosen: value.PLAN !== undefined,
    ...(value.ORIGIN ? { origin: value.ORIGIN } : {}),
    ...(database ? { database } : {}),
    ...(value.DATABASE_ROLES ? { databaseRoles: value.DATABASE_ROLES } : {}),
    ...(value.SMTP_URL && value.MAIL_FROM ? { mail: { url: value.SMTP_URL, from: value.MAIL_FROM } } : {}),
    ...(value.SEAL_KEYS ? { sealKeys: value.SEAL_KEYS } : {}),
    ...(value.METRICS_TOKEN ? { metricsToken: value.METRICS_TOKEN } : {}),
    ...(value.COMPUTE_THREADS ? { computeThreads: value.COMPUTE_THREADS } : {}),
    ...(value.STRIPE_SECRET_KEY && value.STRIPE_WEBHOOK_SECRET
      ? {
          stripe: {
            secretKey: value.STRIPE_SECRET_KEY,
            webhookSecret: value.STRIPE_WEBHOOK_SECRET,
            prices: value.STRIPE_PRICES,
            ...(value.STRIPE_API_BASE ? { apiBase: value.STRIPE_API_BASE } : {}),
          },
        }
      : {}),
  };
}

/** Where people reach the server, for links in letters: never by what a request says of itself. */
export const addressOf = ({ origin, port }: Pick<Config, 'origin' | 'port'>): string =>
  origin ?? `http://localhost:${port}`;

function urlsOf({
  DATABASE_URL,
  SYSTEM_DATABASE_URL,
  MIGRATION_DATABASE_URL,
}: z.infer<typeof environment>): DatabaseUrls | null {
  if (!DATABASE_URL && !SYSTEM_DATABASE_URL && !MIGRATION_DATABASE_URL) return null;
  if (DATABASE_URL && !SYSTEM_DATABASE_URL && !MIGRATION_DATABASE_URL)
    return { app: DATABASE_URL, system: DATABASE_URL, migration: DATABASE_URL };
  if (DATABASE_URL && SYSTEM_DATABASE_URL && MIGRATION_DATABASE_URL)
    return { app: DATABASE_URL, system: SYSTEM_DATABASE_URL, migration: MIGRATION_DATABASE_URL };
  throw new ConfigError(
    'Set DATABASE_URL, SYSTEM_DATABASE_URL and MIGRATION_DATABASE_URL, each of another role; or DATABASE_URL alone, to be told how to make the roles; or none of them.',
  );
}
