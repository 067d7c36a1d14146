import type { Measurement } from '../bench';
import { files } from './files';

/** Everything that is measured, in the order of the report. */
export const MEASUREMENTS: readonly Measurement[] = [files];
