import { join } from 'node:path';
import { projectFolder } from '../n8n/hosts';

/** The folder with the documentation's images. */
export const images = join(projectFolder, 'docs/images');
