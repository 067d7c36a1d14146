import { join } from 'node:path';
import { projectFolder } from '../n8n/hosts';

/** Where the pictures of the documentation are. */
export const images = join(projectFolder, 'docs/images');
