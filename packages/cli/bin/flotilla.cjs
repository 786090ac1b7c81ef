#!/usr/bin/env node
'use strict';
const { enableCompileCache } = require('node:module');
// Node 22.1 and later keep compiled code between runs.
if (typeof enableCompileCache === 'function') enableCompileCache();
require('../bundle/main.cjs');
