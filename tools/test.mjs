import { build, ensureInstalled } from './bootstrap.mjs';
import { fastSteps, runSteps } from './steps.mjs';

ensureInstalled();
build();
runSteps(fastSteps());
