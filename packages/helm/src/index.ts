export { manifestDiffer } from './diff/manifest-differ.ts';
