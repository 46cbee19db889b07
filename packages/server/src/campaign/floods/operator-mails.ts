import type { User } from '../../identity/index.ts';
import { formatNumber, type Kernel, queueMail } from '../../kernel/index.ts';
import { countryName } from '../../parties/index.ts';
import type { Alarm } from './alarm.ts';
import { floodText } from './flood-messages.ts';

/** Tells an operator about new alarms, all in one mail. */
export async function queueAlarmMail(t: Kernel, operator: User, alarms: readonly Alarm[]): Promise<void> {
  const { locale } = operator;
  const text = floodText(locale);
  await queueMail(t, {
    to: operator.email,
    category: 'transactional',
    locale,
    subject: text.mail.subject,
    paragraphs: [
      text.mail.opening,
      ...alarms.map((alarm) => alarmLine(operator.locale, alarm)),
      text.mail.closing,
    ],
    action: { label: text.mail.action, url: `${t.site.baseUrl}/operator/campaign/floods` },
  });
}

/** An alarm in one sentence. */
export function alarmLine(locale: User['locale'], alarm: Alarm): string {
  const text = floodText(locale);
  const number = (value: number) => formatNumber(locale, Math.round(value * 10) / 10);
  const what = text.kinds[alarm.kind](keyName(locale, alarm));
  return text.line(what, number(alarm.peak), String(alarm.minutes), number(alarm.usual));
}

/** The key as people read it: hashes short, countries by name. */
export function keyName(locale: User['locale'], { kind, key }: Pick<Alarm, 'kind' | 'key'>): string {
  if (kind === 'network' || kind === 'refused') return key.startsWith('forgotten') ? '–' : key.slice(0, 12);
  return kind === 'country' ? countryName(locale, key) : key;
}
