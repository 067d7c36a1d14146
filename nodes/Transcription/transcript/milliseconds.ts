/** Converts seconds to whole milliseconds, so that sums are exact. */
export const toMs = (seconds: number): number => Math.round(seconds * 1000);

/** Rounds seconds to milliseconds, since interpolated times have many decimal places. */
export const roundToMs = (seconds: number): number => toMs(seconds) / 1000;
