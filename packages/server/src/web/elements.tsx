import type { Child, PropsWithChildren } from 'hono/jsx';

type Data = { readonly [name: `data-${string}`]: string };

declare module 'hono/jsx' {
  namespace JSX {
    interface IntrinsicElements {
      'file-check': Data & { children?: Child };
      'many-works': Data & { children?: Child };
      'passkey-button': Data & { children?: Child };
      'wall-search': { children?: Child };
      'work-fingerprint': Data;
    }
  }
}

/**
 * Checks a signed file on the own device. Around the form that has the server do it, with the fields `file` and `key`.
 * The page names `verify.js` among its scripts.
 */
export function FileCheck(
  props: PropsWithChildren<{
    readonly words: {
      readonly drop: string;
      readonly working: string;
      readonly unable: string;
      readonly holds: string;
      readonly fails: string;
      readonly outcome: { readonly good: string; readonly warn: string; readonly bad: string };
      /** The checks as people read them. */
      readonly checks: { readonly [name: string]: string };
    };
  }>,
) {
  const { drop, working, unable, holds, fails, outcome, checks } = props.words;
  return (
    <file-check data-text={JSON.stringify({ drop, working, unable, holds, fails, outcome, checks })}>
      {props.children}
    </file-check>
  );
}

/**
 * Sends many files one by one, with progress, pause and going on after a break. Around the form that sends them all at
 * once, with the field `files`; `known` answers which of some hashes need not be sent. The page names `many-works.js`.
 */
export function ManyWorks(
  props: PropsWithChildren<{
    readonly known: string;
    readonly words: {
      readonly pause: string;
      readonly resume: string;
      /** With `{done}` and `{all}`, as `checking` too. */
      readonly progress: string;
      readonly checking: string;
      readonly failed: string;
      readonly signIn: string;
      /** With `{registered}`, `{known}` and `{refused}`. */
      readonly done: string;
      readonly outcome: { readonly known: string };
    };
  }>,
) {
  const { words } = props;
  return (
    <many-works
      data-ask={props.known}
      data-pause={words.pause}
      data-resume={words.resume}
      data-progress={words.progress}
      data-checking={words.checking}
      data-known={words.outcome.known}
      data-failed={words.failed}
      data-sign-in={words.signIn}
      data-done={words.done}
    >
      {props.children}
    </many-works>
  );
}

/**
 * Computes a file's fingerprint on the own device and fills it into the fields `sha256`, `bytes` and `mediaType` of the form
 * it stands in. The page names `fingerprint.js`.
 */
export function WorkFingerprint({
  words,
}: {
  words: {
    readonly pick: string;
    readonly pickHint: string;
    readonly working: string;
    readonly ready: string;
    readonly failed: string;
  };
}) {
  return (
    <work-fingerprint
      data-label={words.pick}
      data-hint={words.pickHint}
      data-working={words.working}
      data-ready={words.ready}
      data-failed={words.failed}
    />
  );
}

/**
 * Shows what a search finds while one types. Around a form that asks for the same page; what it finds stands in the page's
 * `#names`, whose `data-status` is read out. The page names `wall-search.js`.
 */
export function WallSearch({ children }: PropsWithChildren) {
  return (
    <wall-search>
      {children}
      <p class="hidden" role="status" />
    </wall-search>
  );
}

/**
 * A button that asks the device for a passkey. `at` is the address that takes the answer; `<at>/options` says what to ask.
 * Hidden where no script runs: then the mail is the way. The page names `passkeys.js`.
 */
export function PasskeyButton(props: {
  words: {
    readonly working: string;
    readonly cancelled: string;
    readonly unable: string;
    readonly failed: string;
  };
  kind: 'add' | 'use';
  at: string;
  next: string;
  label: string;
  tone?: 'main' | 'quiet';
}) {
  const { working, cancelled, unable, failed } = props.words;
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
