/** Chance that can be repeated: the same seed gives the same year. */
export type Chance = {
  /** At least `from`, less than `to`. */
  between(from: number, to: number): number;
  /** A whole number, both ends included. */
  whole(from: number, to: number): number;
  /** True so often: 0.25 is once in four. */
  happens(share: number): boolean;
  oneOf<T>(all: readonly T[]): T;
};

/** Mulberry32: small, fast, and good enough to make up people's habits. */
export function chanceOf(seed: number): Chance {
  let state = (seed * 2_654_435_761) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (from: number, to: number) => from + next() * (to - from);
  const whole = (from: number, to: number) => Math.floor(between(from, to + 1));
  return {
    between,
    whole,
    happens: (share) => next() < share,
    oneOf: (all) => {
      const one = all[whole(0, all.length - 1)];
      if (one === undefined) throw new Error('There is nothing to choose from.');
      return one;
    },
  };
}
