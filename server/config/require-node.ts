/** The oldest Node that has what the sources use: TypeScript without a build, `process.threadCpuUsage`. */
export const OLDEST_NODE = 24;

/** What is wrong with a version of Node, in words; null when nothing is. */
export function whyNotNode(version: string): string | null {
  const [major = 0] = version.split('.').map(Number);
  if (major >= OLDEST_NODE) return null;
  return `Alphaloom runs on Node ${OLDEST_NODE} or newer, and this is Node ${version}. Use \`npm start\`: npm brings the right Node. Or: npx node server/main.ts`;
}

const problem = whyNotNode(process.versions.node);
if (problem !== null) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
