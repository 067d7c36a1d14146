import type { Measurement } from '../bench';
import { files } from './files';
import { loading } from './loading';
import { verification } from './verification';

/** Everything that is measured, in the order of the report. */
export const MEASUREMENTS: readonly Measurement[] = [files, verification, loading];
