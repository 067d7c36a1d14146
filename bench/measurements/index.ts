import type { Measurement } from '../bench';
import { files } from './files';
import { verification } from './verification';

/** Everything that is measured, in the order of the report. */
export const MEASUREMENTS: readonly Measurement[] = [files, verification];
