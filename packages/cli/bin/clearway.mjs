#!/usr/bin/env node
// A committed plain file, so that npm links the command before anything is built.
import '../dist/main.js';
