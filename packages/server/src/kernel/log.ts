import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** Structured log on standard error. Whatever could open a door is blanked. */
export function createLog(level: string): Logger {
  return pino(
    {
      level,
      base: null,
      redact: {
        paths: [
          '*.password',
          '*.secret',
          '*.token',
          '*.cookie',
          '*.authorization',
          'password',
          'secret',
          'token',
          'cookie',
        ],
        censor: '(hidden)',
      },
      serializers: { error: pino.stdSerializers.err },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
