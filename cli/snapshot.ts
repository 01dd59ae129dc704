import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startupSnapshot } from 'node:v8';
import { checkText } from '#core/formula/check/check-text.ts';
import './blocks.ts';
import './check.ts';
import './diff.ts';
import { endProcess } from './end-process.ts';
import './fmt.ts';
import { isFresh, placesOf, type Places } from './is-fresh.mjs';
import { main } from './main.ts';

// The `alphaloom` command as a snapshot of a process that has started and checked a formula already: who starts from it
// reads no catalogue and compiles nothing. `bin/alphaloom` does, for the subcommands that read formulas and no more.

/** A bit of everything, right and wrong: whatever looks for problems is compiled when it has looked at this. */
const SAMPLE = `# A comment
input fast = 10 in 2..50
input part = 5% in 1%..10%
a = where(crossover(ema(close, fast), sma(close, 30)) and not (rsi(close, 14) > 40), close[1], bbands(close, 20).upper)
b = (a - 3 * atr(14) / (1 + abs(-close)) ^ 2) > 1 or hour < 12
far = close - 5% > part or rsi(close, 14) < 30% or volume > 1.5 * sma(volume, 20) or close == 10
never = close < 0 and part > 3
up = macd(close, 12, 26, 9).hist > 0
buy(when: a > b, stop: 2%) # Why
buy(when: up, size: risk(1%), stop: close - 2 * atr(14), target: close * (1 + part), limit: close - 1)
short(when: far, size: cash(0.1 * equity), trail: 3, target: where(up, 5%, 10))
buy(when: never, size: units(0), stop: atr(14), target: -5%)
info(when: up and close > open)
sell(when: a < 3
cover(when: up)
c = smaa(close, 200)
`;

// What can be read as a whole is checked further than what can't.
for (const text of [SAMPLE, SAMPLE.replace('a < 3', 'a < 3)')]) checkText(text, { bars: 10, withoutVolume: [null] });

startupSnapshot.setDeserializeMainFunction(() => {
  const [, root = '', ...args] = process.argv;
  const places = placesOf(root);
  // Not left to end by itself: a garbage collection may be under way that nobody needs any more.
  if (isFresh(places)) void main(args).then(endProcess);
  else startAnew(places, args);
});

/** Without this snapshot, which is made again on the way. */
function startAnew({ root, snapshot }: Places, args: readonly string[]): void {
  rmSync(snapshot, { force: true });
  process.exitCode = spawnSync(join(root, 'bin/alphaloom'), args, { stdio: 'inherit' }).status ?? 2;
}
