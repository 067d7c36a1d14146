import type { Measurement } from '../bench';
import { arrival } from './arrival';
import { batches } from './batches';
import { bursts } from './bursts';
import { callbacks } from './callbacks';
import { files } from './files';
import { growth } from './growth';
import { loading } from './loading';
import { silence } from './silence';
import { uploads } from './uploads';
import { verification } from './verification';
import { waiting } from './waiting';

/** All measurements in the order of the report. */
export const MEASUREMENTS: readonly Measurement[] = [
	uploads,
	batches,
	callbacks,
	bursts,
	verification,
	arrival,
	waiting,
	silence,
	files,
	growth,
	loading,
];
