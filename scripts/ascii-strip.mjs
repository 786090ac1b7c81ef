// Stand-in for strip-ansi inside the bundle.
export { stripAnsi as default } from './ascii-width.mjs';
