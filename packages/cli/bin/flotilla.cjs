#!/usr/bin/env node
'use strict';
require('./load-compiled.cjs').load('main.cjs');
