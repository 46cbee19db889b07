import type { Child } from 'hono/jsx';
import type { Locale } from '../../kernel/index.ts';
import { proofText } from '../proof-messages.ts';

declare module 'hono/jsx' {
  namespace JSX {
    interface IntrinsicElements {
      'passkey-button': {
        'data-kind': 'add' | 'use';
        'data-at': string;
        'data-next': string;
        'data-text': string;
        children?: Child;
      };
    }
  }
}

/** The file with the element's behaviour, for the page's `scripts`. */
export const PASSKEY_SCRIPT = 'passkeys.js';

/**
 * A button that asks the device for a passkey. `at` is the address that takes the answer; `<at>/options` says what to ask.
 * Hidden where no script runs: then the mail is the way.
 */
export function PasskeyButton(props: {
  locale: Locale;
  kind: 'add' | 'use';
  at: string;
  next: string;
  label: string;
  tone?: 'main' | 'quiet';
}) {
  const { working, cancelled, unable, failed } = proofText(props.locale).use;
  return (
    <passkey-button
      data-kind={props.kind}
      data-at={props.at}
      data-next={props.next}
      data-text={JSON.stringify({ working, cancelled, unable, failed })}
    >
      <button type="button" class={props.tone ?? 'main'} hidden>
        {props.label}
      </button>
      <p role="status"></p>
    </passkey-button>
  );
}
