interface SketchProps {
  /** Heights from 0 to `height`, at equal distances. */
  readonly points: readonly number[];
  readonly height: number;
  readonly label: string;
}

const WIDTH = 72;
const TALL = 20;

/** A line as small as a word, for lists. */
export function Sketch({ points, height, label }: SketchProps) {
  if (points.length < 2) return null;
  const path = points
    .map((point, index) => {
      const x = 1 + (index * (WIDTH - 2)) / (points.length - 1);
      const y = TALL - 1 - (point / height) * (TALL - 2);
      return `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
  return (
    <svg role="img" aria-label={label} width={WIDTH} height={TALL} viewBox={`0 0 ${WIDTH} ${TALL}`} className="block">
      <path d={path} fill="none" stroke="var(--thread-1)" strokeWidth={1.5} strokeLinejoin="round" />
    </svg>
  );
}
