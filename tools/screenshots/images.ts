import { join } from 'node:path';
import { projectFolder } from '../n8n/hosts';

/** The folder with the images of the documentation. */
export const images = join(projectFolder, 'docs/images');
