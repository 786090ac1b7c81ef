export { createHelmCliExecutor } from '@flotilla/core/node';
