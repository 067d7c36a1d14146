import type { Measurement } from '../bench';

/** Everything that is measured, in the order of the report. */
export const MEASUREMENTS: readonly Measurement[] = [];
