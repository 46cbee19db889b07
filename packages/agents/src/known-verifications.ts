import type { Verification } from './verification.ts';

/** When what operators state about this was last looked up (ISO date). */
const asOf = '2026-09-08';

const openai = 'https://platform.openai.com/docs/bots';
const anthropic =
  'https://support.anthropic.com/en/articles/8896518-does-anthropic-crawl-data-from-the-web-and-how-can-site-owners-block-the-crawler';
const google = 'https://developers.google.com/search/docs/crawling-indexing/verifying-googlebot';
const googleRanges = 'https://developers.google.com/static/crawling/ipranges';
const perplexity = 'https://docs.perplexity.ai/guides/bots';
const amazon = 'https://developer.amazon.com/amazonbot';
const yandex = 'https://yandex.com/support/webmaster/robot-workings/check-yandex-robots.html';
const directory = '/.well-known/http-message-signatures-directory';

const claude = [list('https://claude.com/crawling/bots.json', anthropic)];
const googleCrawler = [list(`${googleRanges}/common-crawlers.json`, google), dns(['googlebot.com'], google)];
const googleFetcher = [
  list(`${googleRanges}/user-triggered-fetchers-google.json`, google),
  dns(['google.com'], google),
];
const meta: readonly Verification[] = [
  {
    method: 'autonomous-system',
    number: 32934,
    source: 'https://developers.facebook.com/docs/sharing/webmasters/web-crawlers',
    asOf,
  },
];
const yandexNames = [dns(['yandex.ru', 'yandex.net', 'yandex.com'], yandex)];

/** By product token. What is not here publishes nothing that we know of. */
export const knownVerifications: Readonly<Record<string, readonly Verification[]>> = {
  GPTBot: [list('https://openai.com/gptbot.json', openai)],
  'OAI-SearchBot': [list('https://openai.com/searchbot.json', openai)],
  'ChatGPT-User': [list('https://openai.com/chatgpt-user.json', openai)],
  'ChatGPT Agent': [signed('https://chatgpt.com')],
  ClaudeBot: claude,
  'Claude-SearchBot': claude,
  'Claude-User': claude,
  Googlebot: googleCrawler,
  'Googlebot-Image': googleCrawler,
  'Googlebot-Video': googleCrawler,
  GoogleOther: googleCrawler,
  'GoogleOther-Image': googleCrawler,
  'GoogleOther-Video': googleCrawler,
  'Google-CloudVertexBot': googleCrawler,
  CloudVertexBot: googleCrawler,
  'Google-NotebookLM': googleFetcher,
  NotebookLM: googleFetcher,
  'Google-Agent': [
    list(`${googleRanges}/user-triggered-agents.json`, google),
    dns(['google.com'], google),
    signed('https://agent.bot.goog'),
  ],
  bingbot: [
    list(
      'https://www.bing.com/toolbox/bingbot.json',
      'https://www.bing.com/webmasters/help/how-to-verify-bingbot-3905dc26',
    ),
    dns(['search.msn.com'], 'https://www.bing.com/webmasters/help/how-to-verify-bingbot-3905dc26'),
  ],
  Applebot: [
    list('https://search.developer.apple.com/applebot.json', 'https://support.apple.com/en-us/119829'),
    dns(['applebot.apple.com'], 'https://support.apple.com/en-us/119829'),
  ],
  'meta-externalagent': meta,
  'meta-webindexer': meta,
  'meta-externalfetcher': meta,
  facebookexternalhit: meta,
  FacebookBot: meta,
  Amazonbot: [list(`${amazon}/ip-addresses/`, amazon), dns(['crawl.amazonbot.amazon'], amazon)],
  'Amzn-SearchBot': [list(`${amazon}/searchbot-ip-addresses/`, amazon)],
  'Amzn-User': [list(`${amazon}/live-ip-addresses/`, amazon)],
  PerplexityBot: [list('https://www.perplexity.com/perplexitybot.json', perplexity)],
  'Perplexity-User': [list('https://www.perplexity.com/perplexity-user.json', perplexity)],
  'MistralAI-User': [list('https://mistral.ai/mistralai-user-ips.json', 'https://docs.mistral.ai/robots')],
  CCBot: [
    list('https://index.commoncrawl.org/ccbot.json', 'https://commoncrawl.org/ccbot'),
    dns(['crawl.commoncrawl.org'], 'https://commoncrawl.org/ccbot'),
  ],
  DuckDuckBot: [
    list(
      'https://duckduckgo.com/duckduckbot.json',
      'https://duckduckgo.com/duckduckgo-help-pages/results/duckduckbot',
    ),
  ],
  DuckAssistBot: [
    list(
      'https://duckduckgo.com/duckassistbot.json',
      'https://duckduckgo.com/duckduckgo-help-pages/results/duckassistbot',
    ),
    signed('https://assistbot.duckduckgo.com'),
  ],
  YouBot: [signed('https://you.com')],
  'Manus-User': [signed('https://api.manus.im')],
  ApifyWebsiteContentCrawler: [signed('https://api.apify.com')],
  ExaSearchBot: [signed('https://crawler.exa.ai')],
  YandexBot: yandexNames,
  YandexAdditionalBot: yandexNames,
  YandexAdditional: yandexNames,
  Baiduspider: [dns(['baidu.com', 'baidu.jp'], 'https://www.baidu.com/search/robots_english.html')],
  PetalBot: [dns(['petalsearch.com', 'aspiegel.com'], 'https://webmaster.petalsearch.com/site/petalbot')],
  MojeekBot: [dns(['mojeek.com'], 'https://www.mojeek.com/bot.html')],
};

function list(url: string, source: string): Verification {
  return { method: 'ip-list', url, source, asOf };
}

function dns(suffixes: readonly string[], source: string): Verification {
  return { method: 'reverse-dns', suffixes, source, asOf };
}

/** A directory of keys is its own source. */
function signed(origin: string): Verification {
  return { method: 'web-bot-auth', directory: origin + directory, source: origin + directory, asOf };
}
