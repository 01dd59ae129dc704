/** All columns, or those named. */
type Columns = 'all' | readonly string[];

/** What a role may do with the rows of a table that it sees. */
export interface Acts {
  readonly select?: Columns;
  readonly insert?: Columns;
  readonly update?: Columns;
  readonly delete?: true;
}

export interface TableRights {
  /** The app's role; null: nothing at all. */
  readonly app: (Acts & { readonly rows: string }) | null;
  /** The system's role, with rows of all organisations. */
  readonly system: Acts;
}

/**
 * The organisation that the transaction works for. Read once a statement, as a uuid: so that indexes that begin with
 * `org_id` are used. Null, and so no row's, when none is set.
 */
export const CURRENT_ORG = `(select nullif(nullif(current_setting('alphaloom.org', true), ''), 'system')::uuid)`;

const of = (column: string): string => `${column} = ${CURRENT_ORG}`;

const EVERYTHING = { select: 'all', insert: 'all', update: 'all', delete: true } as const satisfies Acts;
const ADDING = { select: 'all', insert: 'all' } as const satisfies Acts;

/** What people of an organisation work on. */
const shared = (acts: Acts): TableRights => ({ app: { rows: of('org_id'), ...acts }, system: EVERYTHING });
const ofSystem: TableRights = { app: null, system: EVERYTHING };

/**
 * Every table of the schema `public`. From here follow grants and row-level security; a table that is missing here is
 * nobody's.
 */
export const DECLARED_RIGHTS = {
  // `name` alone: whoever may update a column may lock the row. The plan is not the organisation's to choose.
  organisations: { app: { rows: of('id'), select: 'all', update: ['name', 'delete_after'] }, system: EVERYTHING },
  access_policies: shared({ ...ADDING, update: ['session_hours', 'updated_at'] }),
  // Who joins is decided by the system, which knows the link.
  memberships: { app: { rows: of('org_id'), select: 'all', update: ['role'], delete: true }, system: EVERYTHING },
  // Written by a trigger.
  organisation_people: { app: { rows: of('org_id'), select: 'all' }, system: { select: 'all' } },
  // Written by triggers.
  stored_bytes: { app: { rows: of('org_id'), select: 'all' }, system: { select: 'all' } },
  invitations: {
    app: {
      rows: of('org_id'),
      select: [
        'id',
        'org_id',
        'email',
        'role',
        'created_by',
        'created_at',
        'expires_at',
        'accepted_at',
        'accepted_by',
        'revoked_at',
      ],
      insert: 'all',
      update: ['revoked_at'],
    },
    system: EVERYTHING,
  },
  // Those who are or were in the organisation, without their passwords' hashes. A function, since a subquery here would
  // take a third of the time of planning each query that names people.
  users: {
    app: { rows: 'public.knows_person(id)', select: ['id', 'email', 'name', 'created_at'] },
    system: EVERYTHING,
  },
  // No session is made, read or moved to somebody else here, only ended.
  sessions: {
    app: { rows: of('org_id'), select: ['org_id', 'user_id'], update: ['rotation_due'], delete: true },
    system: EVERYTHING,
  },
  known_devices: ofSystem,
  sign_in_attempts: ofSystem,
  account_links: ofSystem,
  totp_seeds: ofSystem,
  recovery_codes: ofSystem,
  passkeys: ofSystem,
  ceremonies: ofSystem,
  user_pictures: ofSystem,
  // What happened in an organisation may be told by a letter; nobody but the house reads or sends letters.
  letters: { app: { rows: of('org_id'), insert: 'all' }, system: EVERYTHING },
  rate_limits: ofSystem,
  stripe_events: ofSystem,
  // What is paid for is the system's to say; which bots stay is the organisation's.
  billing_accounts: {
    app: { rows: of('org_id'), select: 'all', insert: ['org_id', 'kept_bots'], update: ['kept_bots'] },
    system: EVERYTHING,
  },
  installation: { app: { rows: 'true', select: 'all' }, system: EVERYTHING },
  worker_heartbeats: ofSystem,

  formulas: shared(EVERYTHING),
  formula_snapshots: shared(EVERYTHING),
  formula_updates: shared(EVERYTHING),
  formula_epochs: shared(EVERYTHING),
  damaged_documents: shared(ADDING),
  versions: { app: { rows: of('org_id'), ...ADDING }, system: ADDING },
  // A stretch that goes on is made longer.
  contributions: shared({ ...ADDING, update: ['ended_at', 'changes'] }),
  version_labels: shared({ ...ADDING, update: ['name', 'tags'] }),
  branches: shared(ADDING),
  merges: shared({ ...ADDING, update: ['undone_at'] }),
  open_documents: shared({ select: 'all' }),
  // Those on which a document of the organisation is open.
  realtime_servers: {
    app: {
      rows: `exists (select from open_documents where open_documents.org_id = ${CURRENT_ORG} and open_documents.server_id = realtime_servers.id)`,
      select: 'all',
    },
    system: EVERYTHING,
  },
  comment_threads: shared(EVERYTHING),
  comments: shared(EVERYTHING),
  notifications: shared(EVERYTHING),
  reviews: shared({ ...ADDING, update: ['version_id', 'base_id', 'title', 'description', 'state', 'updated_at'] }),
  reviewers: shared(EVERYTHING),
  // What somebody has said stays.
  review_verdicts: shared(ADDING),
  publication_policies: shared({ ...ADDING, update: ['approvals', 'roles', 'updated_at'] }),
  publications: shared({ ...ADDING, update: ['ended_at', 'ended_by'] }),
  instruments: shared(EVERYTHING),
  markets: shared(EVERYTHING),
  bar_chunks: shared(EVERYTHING),
  // Of a bar that is corrected again the earlier correction is left out.
  bar_corrections: shared(EVERYTHING),
  backtests: shared(EVERYTHING),
  backtest_results: shared(ADDING),
  sweeps: shared(EVERYTHING),
  sweep_results: shared(ADDING),
  forward_results: shared(ADDING),
  bots: shared(EVERYTHING),
  // The system deletes what is older than the plan keeps.
  signals: { app: { rows: of('org_id'), ...ADDING }, system: { ...ADDING, delete: true } },
  event_streams: shared({ ...ADDING, update: ['last_sequence'] }),
  events: shared(ADDING),
  // Nobody changes it, and the app does not read it: a hole in the app can neither hide what it did nor learn what
  // others did.
  audit_log: { app: { rows: of('org_id'), insert: 'all' }, system: ADDING },
  // Written by a trigger.
  audit_chains: { app: null, system: { select: 'all' } },
  audit_checkpoints: { app: null, system: ADDING },
} as const satisfies Readonly<Record<string, TableRights>>;
