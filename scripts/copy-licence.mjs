// npm packs a licence only from the package's own folder; each package takes the one of the repository with it.
import { copyFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

copyFileSync(join(import.meta.dirname, '../LICENSE'), resolve('LICENSE'));
