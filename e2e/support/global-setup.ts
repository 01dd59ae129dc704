import { startServer } from './server.ts';

/** One server for all journeys; each of them registers an organisation of its own. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const server = await startServer();
  process.env['BASE_URL'] = server.url;
  process.env['DATA_OF_SERVER'] = server.dataDir;
  return () => server.remove();
}
