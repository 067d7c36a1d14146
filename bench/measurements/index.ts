import type { Measurement } from '../bench';
import { callbacks } from './callbacks';
import { uploads } from './uploads';

/** Everything that is measured, in the order of the report. */
export const MEASUREMENTS: readonly Measurement[] = [uploads, callbacks];
