import { z } from 'zod';

const REPORT = z.object({ userLimits: z.object({ open_files: z.object({ soft: z.number() }) }) });

/** How many files this process may have open, connections among them. Infinity where the machine sets no limit. */
export function mostFiles(): number {
  // Else the report would ask for the names of all who are connected, and wait for them.
  Object.assign(process.report, { excludeNetwork: true });
  const { data } = REPORT.safeParse(process.report.getReport());
  return data?.userLimits.open_files.soft ?? Infinity;
}
