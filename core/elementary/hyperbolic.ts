import { exponential } from './exponential.ts';

/** Beyond it e^-x is lost beside e^x. */
const FAR = 22;

export function hyperbolicSine(x: number): number {
  const size = Math.abs(x);
  if (size < 1) return x + x * series(x * x);
  const value = size < FAR ? halfDifference(exponential(size)) : halfExponential(size);
  return x < 0 ? -value : value;
}

export function hyperbolicCosine(x: number): number {
  const size = Math.abs(x);
  if (size >= FAR) return halfExponential(size);
  const power = exponential(size);
  return 0.5 * power + 0.5 / power;
}

export function hyperbolicTangent(x: number): number {
  const size = Math.abs(x);
  if (size < 0.5) return hyperbolicSine(x) / hyperbolicCosine(x);
  const value = size > FAR ? 1 : 1 - 2 / (exponential(2 * size) + 1);
  return x < 0 ? -value : value;
}

const halfDifference = (power: number): number => 0.5 * power - 0.5 / power;

/** e^x/2, in two steps where e^x itself is more than any number. */
function halfExponential(x: number): number {
  if (x < 709) return 0.5 * exponential(x);
  const root = exponential(0.5 * x);
  return 0.5 * root * root;
}

/** sinh(x)/x - 1 by its power series in z = x², up to 1: the first term left out is below a quarter of a last bit. */
function series(z: number): number {
  let sum = 0;
  for (let n = 18; n >= 2; n -= 2) sum = (z / (n * (n + 1))) * (1 + sum);
  return sum;
}
