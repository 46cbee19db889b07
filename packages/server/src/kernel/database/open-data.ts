import { mkdirSync } from 'node:fs';
import { type Connection, openDatabase } from './connect.ts';
import { holderOf, lockDirectory } from './directory-lock.ts';
import { embeddedConnection, startEmbedded } from './embedded.ts';

/** An open database with whatever had to be started for it. */
export type OpenedData = ReturnType<typeof openDatabase> & {
  readonly connection: Connection;
  readonly embedded: boolean;
};

type Where = {
  readonly directory: string;
  readonly url: string | undefined;
  readonly poolSize?: number;
  readonly fsync?: boolean;
};

/**
 * Opens the instance's database for a server: the given URL, or the embedded server of the data directory,
 * which is then locked for this process. Throws `DirectoryInUse` when another process serves it.
 */
export async function openData({ directory, url, poolSize, fsync }: Where): Promise<OpenedData> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (url) {
    const connection = { url };
    return { ...openDatabase(connection, poolSize), connection, embedded: false };
  }
  const unlock = lockDirectory(directory);
  try {
    const server = await startEmbedded({ directory, ...(fsync === undefined ? {} : { fsync }) });
    const opened = openDatabase(server.connection, poolSize);
    const close = async () => {
      await opened.close();
      await server.stop();
      unlock();
    };
    return { ...opened, close, connection: server.connection, embedded: true };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Opens it for a command: joins the server that runs on the directory, else starts it for as long as needed. */
export async function joinData(where: Where): Promise<OpenedData> {
  if (where.url || holderOf(where.directory) === undefined) return openData(where);
  const connection = embeddedConnection(where.directory);
  return { ...openDatabase(connection, 3), connection, embedded: true };
}
