import type { Agent } from './agent.ts';
import { knownVerifications } from './known-verifications.ts';
import { agentsAsOf } from './left-out.ts';
import { reportedAgents } from './reported-agents.ts';

const openai = 'https://platform.openai.com/docs/bots';
const anthropic =
  'https://support.anthropic.com/en/articles/8896518-does-anthropic-crawl-data-from-the-web-and-how-can-site-owners-block-the-crawler';
const google = 'https://developers.google.com/search/docs/crawling-indexing/google-common-crawlers';
const googleFetchers =
  'https://developers.google.com/search/docs/crawling-indexing/google-user-triggered-fetchers';
const apple = 'https://support.apple.com/en-us/119829';
const meta = 'https://developers.facebook.com/docs/sharing/webmasters/web-crawlers';
const amazon = 'https://developer.amazon.com/amazonbot';
const perplexity = 'https://docs.perplexity.ai/guides/bots';
const yandex = 'https://yandex.com/support/webmaster/robot-workings/check-yandex-robots.html';
/** A public list kept by volunteers; the source where an operator says nothing itself. */
const list = 'https://github.com/ai-robots-txt/ai.robots.txt';

/**
 * AI crawlers, fetchers and search engines whose names are whole product tokens. Purposes are what the operator states,
 * or, where it states nothing, what the named source reports. Names that are ordinary words are left out on purpose
 * (`leftOut`): they would call people bots.
 */
export const agents: readonly Agent[] = [
  row('GPTBot', 'OpenAI', 'crawler', ['ai-train'], openai),
  row('OAI-SearchBot', 'OpenAI', 'crawler', ['search', 'ai-index'], openai),
  row('ChatGPT-User', 'OpenAI', 'fetcher', ['user-fetch'], openai),
  row('ClaudeBot', 'Anthropic', 'crawler', ['ai-train'], anthropic),
  row('Claude-SearchBot', 'Anthropic', 'crawler', ['search', 'ai-index'], anthropic),
  row('Claude-User', 'Anthropic', 'fetcher', ['user-fetch'], anthropic),
  row('anthropic-ai', 'Anthropic', 'crawler', ['ai-train'], list),
  row('Googlebot', 'Google', 'crawler', ['search'], google),
  row('Googlebot-Image', 'Google', 'crawler', ['search'], google),
  row('Googlebot-News', 'Google', 'control', ['search'], google),
  row('Googlebot-Video', 'Google', 'crawler', ['search'], google),
  row('Google-Extended', 'Google', 'control', ['ai-train', 'ai-input'], google),
  row('GoogleOther', 'Google', 'crawler', ['other'], google),
  row('Google-CloudVertexBot', 'Google', 'crawler', ['ai-index'], google),
  row('Google-NotebookLM', 'Google', 'fetcher', ['user-fetch'], googleFetchers),
  row(
    'bingbot',
    'Microsoft',
    'crawler',
    ['search'],
    'https://www.bing.com/webmasters/help/which-crawlers-does-bing-use-8c184ec0',
  ),
  row('Applebot', 'Apple', 'crawler', ['search'], apple),
  row('Applebot-Extended', 'Apple', 'control', ['ai-train'], apple),
  row('meta-externalagent', 'Meta', 'crawler', ['ai-train'], meta),
  row('meta-webindexer', 'Meta', 'crawler', ['search', 'ai-index'], meta),
  row('meta-externalfetcher', 'Meta', 'fetcher', ['user-fetch'], meta),
  row('facebookexternalhit', 'Meta', 'fetcher', ['other'], meta),
  row('FacebookBot', 'Meta', 'crawler', ['ai-train'], meta),
  row('Amazonbot', 'Amazon', 'crawler', ['search', 'ai-train'], amazon),
  row('Amzn-SearchBot', 'Amazon', 'crawler', ['search', 'ai-index'], amazon),
  row('Amzn-User', 'Amazon', 'fetcher', ['user-fetch'], amazon),
  row('bedrockbot', 'Amazon', 'crawler', ['ai-index'], list),
  row('PerplexityBot', 'Perplexity', 'crawler', ['search', 'ai-index'], perplexity),
  row('Perplexity-User', 'Perplexity', 'fetcher', ['user-fetch'], perplexity),
  row('MistralAI-User', 'Mistral AI', 'fetcher', ['user-fetch'], 'https://docs.mistral.ai/robots'),
  row(
    'CCBot',
    'Common Crawl Foundation',
    'crawler',
    ['archive', 'ai-train'],
    'https://commoncrawl.org/ccbot',
  ),
  row('Bytespider', 'ByteDance', 'crawler', ['ai-train'], list),
  row('TikTokSpider', 'ByteDance', 'crawler', ['ai-train'], list),
  row('cohere-ai', 'Cohere', 'fetcher', ['user-fetch'], list),
  row('cohere-training-data-crawler', 'Cohere', 'crawler', ['ai-train'], list),
  row('DeepSeekBot', 'DeepSeek', 'crawler', ['ai-train'], list),
  row('PanguBot', 'Huawei', 'crawler', ['ai-train'], list),
  row('PetalBot', 'Huawei', 'crawler', ['search'], 'https://webmaster.petalsearch.com/site/petalbot'),
  row('AI2Bot', 'Ai2', 'crawler', ['ai-train'], 'https://allenai.org/crawler'),
  row('Ai2Bot-Dolma', 'Ai2', 'crawler', ['ai-train'], 'https://allenai.org/crawler'),
  row('Diffbot', 'Diffbot', 'crawler', ['ai-index', 'other'], 'https://www.diffbot.com/'),
  row('omgili', 'Webz.io', 'crawler', ['ai-train', 'other'], 'https://webz.io/'),
  row('Webzio-Extended', 'Webz.io', 'control', ['ai-train'], 'https://webz.io/'),
  row('YouBot', 'You.com', 'crawler', ['search', 'ai-input'], 'https://about.you.com/youchat/'),
  row('Timpibot', 'Timpi', 'crawler', ['search', 'ai-train'], 'https://timpi.io'),
  row('ImagesiftBot', 'ImageSift', 'crawler', ['other'], 'https://imagesift.com'),
  row('img2dataset', 'whoever runs it', 'crawler', ['ai-train'], 'https://github.com/rom1504/img2dataset'),
  row('LAIONDownloader', 'LAION', 'crawler', ['ai-train'], list),
  row('ICC-Crawler', 'NICT', 'crawler', ['ai-train'], 'https://nict.go.jp'),
  row('SBIntuitionsBot', 'SB Intuitions', 'crawler', ['ai-train'], 'https://www.sbintuitions.co.jp/en/'),
  row('TavilyBot', 'Tavily', 'crawler', ['ai-index'], list),
  row('LinkupBot', 'Linkup', 'crawler', ['ai-index'], list),
  row('FirecrawlAgent', 'Firecrawl', 'crawler', ['ai-input'], list),
  row(
    'Bravebot',
    'Brave',
    'crawler',
    ['search', 'ai-index'],
    'https://safe.search.brave.com/help/brave-search-crawler',
  ),
  row(
    'DuckDuckBot',
    'DuckDuckGo',
    'crawler',
    ['search'],
    'https://duckduckgo.com/duckduckgo-help-pages/results/duckduckbot',
  ),
  row(
    'DuckAssistBot',
    'DuckDuckGo',
    'fetcher',
    ['ai-input'],
    'https://duckduckgo.com/duckduckgo-help-pages/results/duckassistbot',
  ),
  row('YandexBot', 'Yandex', 'crawler', ['search'], yandex),
  row('YandexAdditionalBot', 'Yandex', 'crawler', ['ai-train'], yandex),
  row('Baiduspider', 'Baidu', 'crawler', ['search'], 'https://www.baidu.com/search/robots_english.html'),
  row('MojeekBot', 'Mojeek', 'crawler', ['search'], 'https://www.mojeek.com/bot.html'),
  ...reportedAgents,
];

function row(
  token: string,
  operator: string,
  kind: Agent['kind'],
  purposes: Agent['purposes'],
  documentation: string,
): Agent {
  const verify = knownVerifications[token] ?? [];
  return { token, operator, kind, purposes, documentation, asOf: agentsAsOf, verify };
}
