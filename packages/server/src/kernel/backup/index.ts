export { BackupError } from './errors.ts';
export { type BackupManifest, readBackup } from './manifest.ts';
export { type RestoreBackup, restoreBackup } from './restore-backup.ts';
export { type TableHash, tableHashes } from './snapshot.ts';
export { type Facts, type WriteBackup, writeBackup } from './write-backup.ts';
