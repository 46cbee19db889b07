import { failCommon, formatNumber, type HttpContext, type Locale, readUpload } from '../kernel/index.ts';
import {
  Field,
  FileCheck,
  LegalLine,
  ManyWorks,
  PasskeyButton,
  WallSearch,
  WorkFingerprint,
} from '../web/index.ts';
import { elementsText } from './design-elements-messages.ts';

/** The scripts of the elements below. */
export const ELEMENT_SCRIPTS = [
  'wall-search.js',
  'many-works.js',
  'verify.js',
  'fingerprint.js',
  'passkeys.js',
] as const;

const NAMES = ['Ada Lindqvist', 'Tomás Ferreira', 'Gráinne Tuohy'];
const MAX_FILES = 50;

/** Every custom element, each around what does the same without a script. */
export function Elements({ locale, q }: { locale: Locale; q: string }) {
  const text = elementsText(locale);
  const found = NAMES.filter((name) => name.toLowerCase().includes(q.trim().toLowerCase()));
  return (
    <section>
      <h2>{text.title}</h2>
      <p>{text.intro}</p>
      <h3>{text.search}</h3>
      <WallSearch>
        <form method="get" action="/_design" class="filters">
          <Field name="q" id="f-search" label={text.name} value={q} maxLength={200} />
          <button type="submit">{text.show}</button>
        </form>
      </WallSearch>
      <div id="names" data-status={text.found(formatNumber(locale, found.length))}>
        <ul class="wall">
          {found.map((name) => (
            <li>
              <bdi>{name}</bdi>
            </li>
          ))}
        </ul>
      </div>
      <h3>{text.upload}</h3>
      <ManyWorks known="/_design/known" words={text.many}>
        <form method="post" action="/_design/files" enctype="multipart/form-data">
          <Field name="files" type="file" multiple label={text.files} hint={text.filesHint} required />
          <button type="submit">{text.send}</button>
        </form>
      </ManyWorks>
      <h3>{text.check}</h3>
      <FileCheck words={text.checks}>
        <form method="post" action="/_design/files" enctype="multipart/form-data">
          <Field name="file" type="file" label={text.file} required />
          <Field name="key" label={text.key} rows={2} />
          <button type="submit">{text.checkNow}</button>
        </form>
      </FileCheck>
      <ul class="checks">
        <li class="good">
          <strong>✓ {text.checks.checks.file}</strong> {text.checks.holds}
        </li>
        <li class="bad">
          <strong>✗ {text.checks.checks.signature}</strong> {text.checks.fails}
        </li>
      </ul>
      <h3>{text.fingerprint}</h3>
      <form method="post" action="/_design">
        <WorkFingerprint words={text.print} />
        <Field name="sha256" label={text.sha256} maxLength={64} />
      </form>
      <h3>{text.passkey}</h3>
      <PasskeyButton
        words={text.device}
        kind="use"
        at="/_design/passkey"
        next="/_design"
        label={text.press}
      />
      <h3>{text.legal}</h3>
      <LegalLine locale={locale} versions={new Map()} />
    </section>
  );
}

/** Takes what `many-works` sends and keeps nothing of it. */
export async function answerFiles(c: HttpContext): Promise<Response> {
  const text = elementsText(c.get('locale'));
  const upload = await readUpload(c, { maxBytes: c.get('k').site.maxUploadBytes, maxFiles: MAX_FILES });
  try {
    if (!(c.req.header('Accept') ?? '').startsWith('application/json')) return c.redirect('/_design', 303);
    const files = upload.files.map(({ filename, bytes }) =>
      bytes === 0
        ? { filename, outcome: 'refused', words: text.empty }
        : { filename, outcome: 'registered', words: text.sent },
    );
    if (files.length === 0) throw failCommon('malformed-body');
    return c.json({ files }, 200);
  } finally {
    await upload.discard();
  }
}
