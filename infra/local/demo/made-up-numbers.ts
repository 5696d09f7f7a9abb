/**
 * Where the demo's made-up numbers come from: fixed arithmetic, so that every
 * start gives the same lists.
 */

/** Tells the made-up numbers of one year from those of another. */
export const salts = { '2022-23': 0, '2025-26': 11, '2026-27': 28 };

/**
 * Where in its band a made-up value lies, from -1 (bottom) to 1 (top). Over six
 * terms every seed visits six evenly spaced places once, in an order of its own:
 * a district's history is then wide enough for its next ordinary value.
 */
export function swing(seed: number, term: number): number {
  const stride = 1 + (seed % 6);
  const start = Math.floor(seed / 6) % 6;
  const place = (stride * (((term - 1 + start) % 6) + 1)) % 7;
  return -1 + 0.4 * (place - 1);
}

/** A made-up count of at least 1 in the band `level` ± `width` (a part of the level). */
export function countNear(level: number, width: number, place: number): number {
  return Math.max(1, Math.round(level * (1 + width * place)));
}

/** Shares a total out in whole numbers by weight (largest remainder); every share is at least `least`. */
export function shareOut(total: number, weights: number[], least = 1): number[] {
  const spare = total - least * weights.length;
  if (spare < 0) throw new Error(`${total} is too little for ${weights.length} shares.`);
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const exact = weights.map((weight) => (spare * weight) / sum);
  const whole = exact.map(Math.floor);
  const left = spare - whole.reduce((all, each) => all + each, 0);
  const byRemainder = exact
    .map((share, index) => ({ index, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  const luckier = new Set(byRemainder.slice(0, left).map(({ index }) => index));
  return whole.map((share, index) => least + share + (luckier.has(index) ? 1 : 0));
}

export function oneDecimal(value: number): number {
  return Math.round(value * 10) / 10;
}
