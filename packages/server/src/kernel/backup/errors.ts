/** A backup that cannot be written or restored; the message says what to do. */
export class BackupError extends Error {
  readonly code:
    | 'backup-damaged'
    | 'backup-target-not-empty'
    | 'backup-migrations-differ'
    | 'backup-not-restored';

  constructor(code: BackupError['code'], message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
