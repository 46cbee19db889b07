import type { PropsWithChildren } from 'hono/jsx';
import { formatDate, type Locale } from '../../kernel/index.ts';
import { Notice } from '../../web/index.ts';
import { sitesText } from '../messages.ts';
import type { Platform } from '../platforms.ts';
import type { ProofInstructions } from '../start-proof.ts';

type Props = {
  readonly locale: Locale;
  readonly siteId: string;
  readonly proof: ProofInstructions;
  readonly platform: Platform | undefined;
  /** A person is looking. */
  readonly waiting: boolean;
  /** Nothing is proven yet, so the steps stand open. */
  readonly open: boolean;
  /** The last look did not find the code. */
  readonly lookedInVain: boolean;
};

/** The ways to show control, step by step, each with the value to copy and a button. */
export function ProofSteps(props: Props) {
  const { locale, proof, open } = props;
  const text = sitesText(locale).prove;
  return (
    <section id="prove">
      <details open={open}>
        <summary>
          <h2>{text.title}</h2>
        </summary>
        {proof.kind === 'host' && <HostWays {...props} proof={proof} />}
        {proof.kind === 'profile' && <ProfileWay {...props} proof={proof} />}
        <p class="hint">{text.expires(formatDate(locale, proof.expiresAt))}</p>
      </details>
    </section>
  );
}

type Kind<K> = Props & { readonly proof: Extract<ProofInstructions, { kind: K }> };

function HostWays({ locale, siteId, proof }: Kind<'host'>) {
  const text = sitesText(locale).prove;
  return (
    <>
      <p>{text.intro}</p>
      <Way title={text.file.title} siteId={siteId} method="file" button={text.file.button}>
        <Step text={text.file.first} value={proof.file.content} />
        <Step text={text.file.next} value={proof.file.url} />
      </Way>
      <Way title={text.dns.title} siteId={siteId} method="dns" button={text.dns.button}>
        <Step text={text.dns.first} value={proof.dns.name} />
        <Step text={text.dns.next} value={proof.dns.value} />
        <li>{text.dns.wait}</li>
      </Way>
      <Way title={text.meta.title} siteId={siteId} method="meta" button={text.meta.button}>
        <Step text={text.meta.first} value={proof.meta.page} />
        <Step text={text.meta.next} value={proof.meta.tag} />
      </Way>
    </>
  );
}

function ProfileWay({ locale, siteId, proof, platform, waiting, lookedInVain }: Kind<'profile'>) {
  const text = sitesText(locale).prove.code;
  const field = text.field[platform?.field ?? 'about'];
  return (
    <>
      {waiting && <Notice>{text.waiting}</Notice>}
      {platform?.refusesFetch && !waiting && <Notice>{text.refuses}</Notice>}
      <Way title={text.title} siteId={siteId} method="code" button={text.button}>
        <Step text={text.first(field)} value={proof.value} />
        <li>{text.after}</li>
      </Way>
      {lookedInVain && !waiting && (
        <form method="post" action={`/sites/${siteId}/checks`}>
          <input type="hidden" name="method" value="person" />
          <button type="submit">{text.askPerson}</button>
        </form>
      )}
    </>
  );
}

function Way(props: PropsWithChildren<{ title: string; siteId: string; method: string; button: string }>) {
  return (
    <section>
      <h3>{props.title}</h3>
      <ol>{props.children}</ol>
      <form method="post" action={`/sites/${props.siteId}/checks`}>
        <input type="hidden" name="method" value={props.method} />
        <button type="submit" class="main">
          {props.button}
        </button>
      </form>
    </section>
  );
}

function Step({ text, value }: { text: string; value: string }) {
  return (
    <li>
      {text}
      <pre>{value}</pre>
    </li>
  );
}
