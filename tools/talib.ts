/**
 * `npm run test:talib`: holds every block that is a function of TA-Lib to TA-Lib itself, at every bar, with default and
 * with random parameters, on random, flat, gapped and extreme series. `npm run test:talib -- 5000` does as many runs;
 * `npm test` does a few of the same.
 */
import { table } from '#cli/table.ts';
import { checkFunction, TOLERANCE, type FunctionCheck } from '#core/formula/testing/talib/check.ts';
import { blockOf } from '#core/formula/testing/talib/functions.ts';
import { functionNames, loadTalib } from '#core/formula/testing/talib/module.ts';

const runs = Number(process.argv[2] ?? 1000);
const talib = await loadTalib();
const checks = functionNames(talib).map((name) => checkFunction(talib, name, { runs }));
const passes = ({ problem, worst }: FunctionCheck): boolean => problem === null && worst <= TOLERANCE;

const head = ['TA-Lib', 'block', 'runs', 'values', 'lookback', 'TA-Lib wrong', 'largest relative error elsewhere'];
const rows = checks.map(({ name, runs: done, values, corrected, worst, problem }) => [
  name,
  blockOf(name)?.name ?? '-',
  String(done),
  String(values),
  problem?.startsWith('lookback') ? 'wrong' : done > 0 ? 'exact' : '-',
  corrected === 0 ? '' : String(corrected),
  worst === 0 ? '0' : worst.toExponential(1),
]);
console.log(table(head, rows));
const failed = checks.filter((check) => !passes(check));
for (const { name, problem } of failed) console.log(`${name}: ${problem ?? 'beyond the tolerance'}`);
console.log(
  `${checks.length - failed.length} of ${checks.length} functions within ${TOLERANCE} of TA-Lib at every bar`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
