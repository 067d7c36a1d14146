/** Rounds seconds to milliseconds, since interpolated times have many decimal places. */
export const roundToMs = (seconds: number) => Math.round(seconds * 1000) / 1000;
