import next from '@next/eslint-plugin-next';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import hooks from 'eslint-plugin-react-hooks';
import ts from 'typescript-eslint';
import { commentWidth } from './tools/comment-width.mjs';
import { lineWidth } from './tools/line-width.mjs';

/**
 * What a rule says when it is broken, and where the rule is explained. `tools/lint-messages.test.ts` holds that the
 * places exist.
 */
const explained = (why, place) => `${why} (docs/${place})`;
const FOLDERS = 'architecture.md#folders-and-what-each-may-import';

/** `folder` may import nothing of `from` (but for `except`), because of `why`. */
const wall = (folder, from, why, except) => ({
  target: folder,
  from,
  message: explained(why, FOLDERS),
  ...(except ? { except } : {}),
});

// The directions between folders. Each message says what to do instead.
const walls = [
  ...['./collab', './src', './server', './cli', './tools'].map((other) =>
    wall('./core', other, 'core is pure: it imports only core.'),
  ),
  wall('./core/result', './core', 'result is the bottom of core.', ['./result']),
  wall('./core/elementary', './core', 'elementary is the bottom of core.', ['./elementary']),
  wall('./core/market', './core', 'market knows only elementary and result.', ['./market', './elementary', './result']),
  wall('./core/trading', './core', 'trading knows only market and elementary.', [
    './trading',
    './market',
    './elementary',
  ]),
  wall('./core/formula', './core', 'formula knows only market, elementary and result.', [
    './formula',
    './market',
    './elementary',
    './result',
  ]),
  wall('./core/diff', './core', 'diff knows only formula and result.', ['./diff', './formula', './result']),
  wall('./core/merge', './core', 'merge knows only diff, formula and result.', [
    './merge',
    './diff',
    './formula',
    './result',
  ]),
  wall('./core/history', './core', 'history knows only formula and result.', ['./history', './formula', './result']),
  wall('./core/comment', './core', 'comment knows only formula, requests and result.', [
    './comment',
    './formula',
    './requests',
    './result',
  ]),
  wall('./core/engine', './core/diff', 'the engine does not know versions.'),
  wall('./core/engine', './core/merge', 'the engine does not know versions.'),
  wall('./core/diff', './core/merge', 'diff does not know merge.'),
  wall('./core/engine', './core/comment', 'the engine does not know comments.'),
  ...['./src', './server', './cli', './tools'].map((other) =>
    wall('./collab', other, 'collab imports only core and yjs.'),
  ),
  wall('./src/ui', './src', 'ui is the design system: it knows no feature and no data source.', ['./ui']),
  wall('./src/ui', './server', 'ui is the design system: it knows no feature and no data source.'),
  wall('./src/ui', './collab', 'ui is the design system: it knows no document.'),
  wall('./src/commands', './collab', 'commands know no document.'),
  wall('./src/features', './src/app', 'features are composed by app, never the other way round.'),
  ...['./src', './cli', './tools'].map((other) =>
    wall('./server', other, 'The server takes only core and collab from outside.'),
  ),
  wall('./server/db', './server', 'db is the bottom of the server.', [
    './db',
    './config',
    './network',
    './observability',
    './testing',
  ]),
  ...['./server/db', './server/realtime', './server/jobs', './server/queue'].map((other) =>
    wall('./server/api/**/!(*.test).ts', other, 'A procedure calls a use-case, which asks the database or the queue.'),
  ),
  wall('./server/use-cases', './server/api', 'use-cases know no transport.'),
  wall('./server/use-cases', './server/realtime', 'use-cases know no transport.'),
  wall('./server/use-cases', './server/jobs', 'use-cases put jobs into server/queue; server/jobs does them.'),
  wall('./server/queue', './server', 'queue is below the use-cases and the jobs.', [
    './queue',
    './db',
    './policies',
    './observability',
    './errors.ts',
  ]),
  wall('./server/compute', './server', 'compute runs without a server, also for the command line.', [
    './compute',
    './db',
    './observability',
    './policies',
    './errors.ts',
  ]),
  wall('./cli', './server', 'The command line needs neither server nor database, but to look at the audit.', [
    './compute',
    './audit-command.ts',
  ]),
];

// Packages with one importer each, so that changing one of them touches one folder.
const owners = {
  '@xyflow/react': ['src/features/graph/**', 'React Flow belongs to features/graph.'],
  'lightweight-charts': ['src/ui/charts/**', 'Charts are drawn by ui/charts.'],
  stripe: ['server/integrations/stripe/**', 'Stripe is reached through integrations/stripe.'],
  lucia: ['server/auth/**', 'Sessions are the business of server/auth.'],
};

/** Functions of `Math` whose last bit the language leaves open. */
const INEXACT = [
  'acos',
  'acosh',
  'asin',
  'asinh',
  'atan',
  'atan2',
  'atanh',
  'cbrt',
  'cos',
  'cosh',
  'exp',
  'expm1',
  'hypot',
  'log',
  'log10',
  'log1p',
  'log2',
  'pow',
  'sin',
  'sinh',
  'tan',
  'tanh',
];

const EXACT = 'decisions/0003-same-bits-in-all-browsers.md';

const reserved = (names) => ({
  'no-restricted-imports': [
    'error',
    { paths: names.map((name) => ({ name, message: explained(owners[name][1], FOLDERS) })) },
  ],
});

const ERRORS_AS_ERR = {
  selector:
    'CallExpression[callee.property.name=/^(trace|debug|info|warn|error|fatal)$/] > ObjectExpression > Property[key.name="error"]',
  message: explained('The log writes an error with its text under `err` alone.', 'style.md#failure'),
};

const LOCK_BY_ACT = {
  selector: 'ImportSpecifier[imported.name="lockOrganisation"]',
  message: explained(
    'Take the lock through act and underLock, which look at the role again.',
    'how-to/add-a-procedure.md#1-write-the-use-case',
  ),
};

const PRIVATE_BY_HASH = {
  selector: ':matches(PropertyDefinition, MethodDefinition, TSParameterProperty)[accessibility=/private|protected/]',
  message: explained('A private member is written #name.', 'style.md#functions-and-data'),
};

/** A choice of four results in one expression is read twice: `if` or `switch` says it. */
const NESTED_TERNARIES = {
  selector: 'ConditionalExpression > ConditionalExpression > ConditionalExpression',
  message: explained('No ternary in a ternary in a ternary.', 'style.md#functions-and-data'),
};

const EVERYWHERE = [NESTED_TERNARIES, PRIVATE_BY_HASH];

const SQL_STANDS_IN_DB = explained('SQL stands in server/db/queries, in functions with names.', FOLDERS);
const SQL_IN_DB = [
  {
    selector:
      'TaggedTemplateExpression[tag.name=/^(sql|raw)$/], CallExpression[callee.object.name=/^(tx|db|sql)$/][callee.property.name=/^(select|selectDistinct|insert|update|delete|execute|unsafe)$/]',
    message: SQL_STANDS_IN_DB,
  },
];

/** Numbers are kept in few ways, each of which `server/db/numbers.ts` says once. */
const NUMBERS_BY_CODEC = {
  selector:
    'NewExpression[callee.name=/^(Float64Array|Uint8Array)$/] > MemberExpression.arguments[property.name="buffer"]',
  message: explained(
    'Columns of numbers become bytes, and bytes columns, by bytesOf and columnOf of server/db/numbers.',
    FOLDERS,
  ),
};

const IN_SERVER = [ERRORS_AS_ERR, NUMBERS_BY_CODEC];

const HOW_TO_ACT = 'how-to/add-a-procedure.md#1-write-the-use-case';
const WRITTEN_BY_ACT = [
  {
    selector:
      'ImportSpecifier[imported.name=/^(withOrg|asSystem)$/], CallExpression[callee.property.name="transaction"]',
    message: explained('Use-cases read through read, and change through act, which check the right.', HOW_TO_ACT),
  },
  {
    selector:
      'ImportSpecifier[imported.name=/^(insertAudits|insertNotifications|insertEvents|appendEvents|addJob|notifyAccessChanged)$/]',
    message: explained('Say what happened: act writes audit, notifications, jobs and live events.', HOW_TO_ACT),
  },
];

export default ts.config(
  { ignores: ['.next/**', '.data/**', '.build/**', 'next-env.d.ts', 'test-results/**'] },
  ...ts.configs.recommended,
  {
    plugins: {
      'import-x': importX,
      'react-hooks': hooks,
      '@next/next': next,
      house: { rules: { 'comment-width': commentWidth, 'line-width': lineWidth } },
    },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ project: './tsconfig.json' })] },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones: walls }],
      'import-x/order': [
        'error',
        {
          groups: ['builtin', 'external', 'internal', 'parent', 'sibling', 'index'],
          pathGroups: [{ pattern: '#*/**', group: 'internal' }],
          pathGroupsExcludedImportTypes: ['builtin'],
          alphabetize: { order: 'asc', caseInsensitive: true },
          'newlines-between': 'never',
        },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always'],
      'max-params': ['error', 4],
      'house/comment-width': 'error',
      'no-restricted-syntax': ['error', ...EVERYWHERE],
      'no-console': 'error',
    },
  },
  {
    files: ['core/**/*.ts'],
    ignores: ['**/*.test.ts', '**/testing/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...EVERYWHERE,
        {
          selector: `MemberExpression[object.name="Math"][property.name=/^(${INEXACT.join('|')})$/]`,
          message: explained('Browsers round it differently: take it from core/elementary.', EXACT),
        },
        {
          selector: 'BinaryExpression[operator="**"]:not([left.value=2])',
          message: explained('Browsers round it differently: take `power` from core/elementary.', EXACT),
        },
      ],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/app/**/route.ts', 'src/instrumentation.ts', 'src/features/shell/kept-texts.test.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              // A package may have a folder of that name for browsers, too.
              regex: '^#server/|^(?!@trpc/).*/server/',
              allowTypeImports: true,
              message: explained(
                'src takes nothing but types from the server; only route handlers in src/app call it.',
                FOLDERS,
              ),
            },
            {
              regex: '^#features/[^/]+/(?!index\\.ts$)',
              message: explained('A feature is imported by its index.ts alone.', FOLDERS),
            },
          ],
        },
      ],
    },
  },
  // incompatible-library speaks of the React Compiler, which is not used.
  {
    files: ['src/**/*.tsx', 'src/**/use-*.ts'],
    rules: {
      ...hooks.configs.recommended.rules,
      'react-hooks/incompatible-library': 'off',
      ...next.configs.recommended.rules,
      '@next/next/no-html-link-for-pages': 'off',
    },
  },
  {
    files: ['{core,collab,server,cli}/**/*.ts', 'src/**/*.{ts,tsx}'],
    ignores: ['**/*.test.ts'],
    rules: reserved(Object.keys(owners)),
  },
  ...Object.entries(owners).map(([own, [home]]) => ({
    files: [home],
    rules: reserved(Object.keys(owners).filter((name) => name !== own)),
  })),
  // The few packages that pure code may have: no clock, no disk, no screen.
  ...Object.entries({ core: '@noble/hashes/|csv-parse/', collab: 'yjs$|y-protocols/|y-websocket$|lib0/' }).map(
    ([folder, packages]) => ({
      files: [`${folder}/**/*.ts`],
      ignores: ['**/*.test.ts', '**/testing/**'],
      rules: {
        'no-restricted-imports': [
          'error',
          {
            patterns: [
              {
                regex: `^(?!#|\\.|${packages})`,
                message: explained(`${folder} is pure: ${folder} has no other packages.`, FOLDERS),
              },
            ],
          },
        ],
      },
    }),
  ),
  {
    files: ['{core,collab,server,cli}/**/*.ts', 'src/**/*.{ts,tsx}'],
    ignores: ['server/config/**', 'server/testing/**', 'core/formula/testing/scale.ts', '**/*.test.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: explained('The environment is read once, by server/config.', FOLDERS),
        },
      ],
    },
  },
  {
    files: ['server/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...EVERYWHERE, ...IN_SERVER] },
  },
  {
    files: ['server/**/*.ts'],
    ignores: ['server/db/**', 'server/use-cases/act/**', 'server/use-cases/team/invitation.ts'],
    rules: { 'no-restricted-syntax': ['error', ...EVERYWHERE, ...IN_SERVER, LOCK_BY_ACT] },
  },
  {
    files: ['server/use-cases/act/**/*.ts', 'server/use-cases/team/invitation.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-syntax': ['error', ...EVERYWHERE, ...IN_SERVER, ...SQL_IN_DB] },
  },
  {
    files: ['server/**/*.ts'],
    ignores: [
      'server/db/**',
      'server/use-cases/act/**',
      'server/use-cases/team/invitation.ts',
      '**/*.test.ts',
      '**/testing/**',
    ],
    rules: { 'no-restricted-syntax': ['error', ...EVERYWHERE, ...IN_SERVER, LOCK_BY_ACT, ...SQL_IN_DB] },
  },
  {
    files: ['server/**/*.ts'],
    ignores: ['server/db/**', '**/*.test.ts', '**/testing/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^drizzle-orm|/db/schema/', message: SQL_STANDS_IN_DB }] },
      ],
    },
  },
  {
    files: ['server/{use-cases,api}/**/*.ts', 'server/jobs/{handlers/**,handle-run}.ts'],
    ignores: ['server/use-cases/act/**', 'server/use-cases/team/invitation.ts', '**/*.test.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...EVERYWHERE, ...IN_SERVER, LOCK_BY_ACT, ...SQL_IN_DB, ...WRITTEN_BY_ACT],
    },
  },
  {
    files: ['server/db/numbers.ts'],
    rules: { 'no-restricted-syntax': ['error', ...EVERYWHERE, ERRORS_AS_ERR] },
  },
  // The environment is read before anything that looks at it.
  { files: ['server/{main,dev}.ts'], rules: { 'import-x/order': 'off' } },
  {
    files: ['**/*.{ts,tsx}'],
    ignores: ['*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-unnecessary-condition': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    // Inner loops over columns of numbers: an object of options a call is what they are written to avoid. Shapes of
    // candles take a bar a parameter. Tables of tests name what a case has.
    files: ['core/formula/{blocks,check,testing}/**/*.ts', 'core/engine/**/*.ts', '**/*.test.ts'],
    rules: { 'max-params': 'off' },
  },
  {
    // A test asks for more than a type promises: that a text of JSON is there, that a listener in another function has
    // run.
    files: ['**/*.test.ts', '**/testing/**', 'e2e/**', 'tools/**'],
    rules: { '@typescript-eslint/no-unnecessary-condition': 'off' },
  },
  {
    // Being rebuilt: held again when the builder is done.
    files: ['src/features/{builder,graph}/**/*.{ts,tsx}'],
    rules: {
      'max-params': 'off',
      'no-restricted-syntax': ['error', PRIVATE_BY_HASH],
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
  {
    // Lines of code: blank lines and comments are free. Catalogues and helpers of tests are read by the piece.
    files: ['**/*.{ts,tsx}'],
    ignores: ['**/*.test.ts', '**/testing/**', 'e2e/**', 'core/formula/blocks/**'],
    rules: { 'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }] },
  },
  {
    // Tests and benchmarks write formulas, files and statements as they are sent. The texts of rights are printed for
    // whoever runs them; a space more in a check of a table would be a migration.
    files: ['**/*.{ts,tsx}'],
    ignores: [
      '**/*.test.ts',
      '**/testing/**',
      'e2e/**',
      'tools/bench*/**',
      'tools/bench*.ts',
      'server/db/{rights,schema}/**',
    ],
    rules: { 'house/line-width': 'error' },
  },
  { files: ['tools/**', 'cli/**'], rules: { 'no-console': 'off' } },
);
