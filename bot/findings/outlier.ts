/** What a figure was held against, and whether it stands out. */
type OutlierResult = {
  outlier: boolean;
  /** The figure it was compared with: the district's usual one, or last year's. */
  against: number;
  basis: 'own history' | 'same term last year';
};

const ENOUGH = 6;
const MODIFIED_Z = 3.5;
/** Makes the median absolute deviation comparable with a standard deviation (Iglewicz and Hoaglin, 1993). */
const NORMAL = 0.6745;
/** Binary dust: 8.2 less 3.2 is 4.999…, and is 5. */
const ROUNDING = 1e-9;

/**
 * Whether a figure stands out from a district's own earlier figures, which never include the
 * figure itself. Undefined when there is nothing to compare it with.
 */
export function judgeOutlier(
  value: number,
  earlier: readonly number[],
  lastYear: number | undefined,
): OutlierResult | undefined {
  if (earlier.length >= ENOUGH) return againstHistory(value, earlier);
  if (lastYear === undefined) return undefined;
  const change = Math.abs(value - lastYear);
  const outlier = change >= 5 - ROUNDING && change > 0.3 * Math.abs(lastYear) + ROUNDING;
  return { outlier, against: lastYear, basis: 'same term last year' };
}

function againstHistory(value: number, earlier: readonly number[]): OutlierResult {
  const middle = median(earlier);
  const spread = median(earlier.map((x) => Math.abs(x - middle)));
  const distance = Math.abs(value - middle);
  const outlier =
    spread < ROUNDING
      ? distance > Math.max(5, 0.2 * Math.abs(middle)) + ROUNDING
      : (NORMAL * distance) / spread > MODIFIED_Z;
  return { outlier, against: middle, basis: 'own history' };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  if (sorted.length % 2 === 1) return upper;
  return ((sorted[sorted.length / 2 - 1] ?? Number.NaN) + upper) / 2;
}
