import type { Measurement } from '../bench';
import { arrival } from './arrival';
import { waiting } from './waiting';

/** Everything that is measured, in the order of the report. */
export const MEASUREMENTS: readonly Measurement[] = [arrival, waiting];
