import { leftOut } from './left-out.ts';

/** Words that stand in the headers of browsers, of libraries, or of any crawler. */
const words = new Set(
  (
    'mozilla applewebkit khtml gecko like compatible chrome chromium safari firefox edge opera mobile version android linux windows ' +
    'macintosh iphone ipad agent agents assistant bot bots browser client code crawler crawlers curl download fetch fetcher headless ' +
    'http https index python python-requests requests robot robots scraper search searchbot server spider tool tools user wget'
  ).split(' '),
);

/**
 * Why a name must not become an agent of the list, or undefined. A name counts wherever it stands as a word in a
 * `User-Agent`, so one that others carry too would call people, or honest software, AI agents.
 */
export function refusalOf(token: string): string | undefined {
  const known = leftOut.find((one) => one.token.toLowerCase() === token.toLowerCase());
  if (known) return known.reason;
  if (!/^[\x21-\x7e]+( [\x21-\x7e]+)*$/.test(token) || /[/()[\]{};,"+]/.test(token))
    return 'no product token: a header could not carry it as a word';
  if (token.length < 5) return 'too short; part of other names';
  if (words.has(token.toLowerCase())) return 'a word that other software carries';
  if (/^[A-Z]?[a-z]{1,9}$/.test(token) && !/bot|crawl|spider|agent|fetch|search|scrap|gpt/i.test(token))
    return 'a single word that does not say it is software; a person has to look for how the header uses it';
  return undefined;
}
