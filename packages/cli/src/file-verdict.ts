import type { FolderVerdict } from '@clearway/protocol';

/** What was checked, and sentences for people about what a file that holds says. */
export type FileVerdict = FolderVerdict & { readonly says?: readonly string[] };
