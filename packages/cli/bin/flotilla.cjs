#!/usr/bin/env node
'use strict';
const { enableCompileCache } = require('node:module');
// Node 22.1 and later keep compiled code between runs; for Node 20 we do it ourselves.
if (typeof enableCompileCache === 'function') {
  enableCompileCache();
  require('../bundle/main.cjs');
} else {
  require('./load-compiled.cjs').load('main.cjs');
}
