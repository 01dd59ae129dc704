/**
 * Price lines as warp and weft: decoration for the pages before sign-in. Drawn from a fixed seed, so that every render
 * is the same.
 */
export function Weave() {
  return (
    <svg
      viewBox="0 0 600 800"
      preserveAspectRatio="xMidYMid slice"
      className="absolute inset-0 size-full"
      fill="none"
      strokeLinecap="round"
    >
      {THREADS.map(({ path, color, width, opacity }) => (
        <path key={path} d={path} stroke={`var(--thread-${color})`} strokeWidth={width} opacity={opacity} />
      ))}
    </svg>
  );
}

const STEPS = 60;

function thread(seed: number, start: number): string {
  let state = seed;
  let y = start;
  let drift = 0;
  const points: string[] = [];
  for (let step = 0; step <= STEPS; step += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    drift = drift * 0.86 + (state / 4294967296 - 0.5) * 16;
    y += drift * 0.7 + (start - y) * 0.015;
    points.push(`${step === 0 ? 'M' : 'L'}${(step * 600) / STEPS} ${y.toFixed(1)}`);
  }
  return points.join(' ');
}

const THREADS = Array.from({ length: 26 }, (_, index) => ({
  path: thread(977 * (index + 3), 60 + index * 27),
  color: (index % 8) + 1,
  width: index % 5 === 0 ? 2.4 : 1.2,
  opacity: index % 5 === 0 ? 0.85 : 0.38,
}));
