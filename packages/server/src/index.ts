export { allMigrations, allProblems, createApp, jobHandlers, pulses, subscribers } from './app.ts';
export { backUp, restore } from './backup.ts';
export { type Config, ConfigError, mailDirectory, readConfig, SETTINGS } from './config.ts';
export { examine, type Finding } from './doctor.ts';
export { createOperatorLink, needsOperatorLink } from './identity/index.ts';
export * as kernel from './kernel/index.ts';
export { openKernel, type World } from './open-kernel.ts';
export { type RunningInstance, serve } from './serve.ts';
export * as transparency from './transparency/index.ts';
