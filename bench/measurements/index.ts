import type { Measurement } from '../bench';
import { callbacks } from './callbacks';

/** Everything that is measured, in the order of the report. */
export const MEASUREMENTS: readonly Measurement[] = [callbacks];
