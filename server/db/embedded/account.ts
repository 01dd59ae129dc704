import { execFileSync, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { chownSync, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Binaries } from './binaries.ts';

/** The account that Postgres runs as: our own, or another when we are root, as which Postgres refuses to run. */
export interface Account {
  run(program: string, args: readonly string[], options: SpawnOptions): ChildProcess;
  /** Hands a file or folder over to the account. */
  own(path: string): void;
}

// Nothing of our environment: PGDATA, PGHOST and the like would change what Postgres does.
const ENV = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/local/bin:/usr/bin:/bin', NODE_ENV: 'production' } as const;

/** `cluster` may not be there yet; when it is, its owner is the account. */
export function chooseAccount(binaries: Binaries, cluster: string): Account {
  const root = process.getuid?.() === 0;
  if (!root) {
    refuseForeignCluster(cluster);
    return {
      run: (program, args, options) => spawn(program, args, { ...options, env: ENV, cwd: '/' }),
      own: () => undefined,
    };
  }
  const { uid, gid } = existsSync(cluster) ? statSync(cluster) : unprivileged();
  const own = (path: string): void => chownSync(path, uid, gid);
  if (isReachable(binaries.postgres, uid) && isReachable(dirname(cluster), uid)) {
    return { run: (program, args, options) => spawn(program, args, { ...options, uid, gid, env: ENV, cwd: '/' }), own };
  }
  // The project lies in a folder that only root can enter (/root, say): another account that may pass by permissions of
  // files.
  const passes = '+dac_override,+dac_read_search';
  const setpriv = [
    ...[
      '--reuid',
      String(uid),
      '--regid',
      String(gid),
      '--clear-groups',
      `--inh-caps=${passes}`,
      `--ambient-caps=${passes}`,
    ],
    // Without it access(2), with which initdb looks for its programs, leaves these capabilities out.
    '--securebits=+no_setuid_fixup',
    '--',
  ];
  try {
    execFileSync('setpriv', [...setpriv, binaries.postgres, '--version'], { stdio: 'ignore', cwd: '/' });
  } catch {
    throw new Error(
      `Postgres does not run as root, and no other account can reach ${dirname(cluster)}. ` +
        'Move the project to a folder that others can enter, start it as a plain user, or set DATABASE_URL to a Postgres server.',
    );
  }
  return {
    run: (program, args, options) =>
      spawn('setpriv', [...setpriv, program, ...args], { ...options, env: ENV, cwd: '/' }),
    own,
  };
}

function refuseForeignCluster(cluster: string): void {
  if (existsSync(cluster) && statSync(cluster).uid !== process.getuid?.()) {
    throw new Error(
      `${cluster} belongs to another account. Start as the account that made it, or choose another folder with DATA_DIR.`,
    );
  }
}

/** `postgres` where there is one, else `nobody`; it must be a named account, since initdb looks its name up. */
function unprivileged(): { uid: number; gid: number } {
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const account = accounts.find(([name]) => name === 'postgres') ?? accounts.find(([name]) => name === 'nobody');
  // macOS writes nobody's id as -2.
  return { uid: Number(account?.[2] ?? 65_534) >>> 0, gid: Number(account?.[3] ?? 65_534) >>> 0 };
}

/** Whether an account without privileges can get to `path` and read it. */
function isReachable(path: string, uid: number): boolean {
  const allows = (at: string, others: number): boolean => {
    const { mode, uid: owner } = statSync(at);
    return owner === uid ? (mode & (others << 6)) === others << 6 : (mode & others) === others;
  };
  if (!allows(path, 0o5)) return false;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (!allows(folder, 0o1)) return false;
    if (folder === dirname(folder)) return true;
  }
}
