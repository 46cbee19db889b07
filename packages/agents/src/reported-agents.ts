import type { Agent, Purpose } from './agent.ts';
import { knownVerifications } from './known-verifications.ts';
import { agentsAsOf } from './left-out.ts';

/** The public list these names and operators were taken from, kept by volunteers (MIT); facts only. */
const list = 'https://github.com/ai-robots-txt/ai.robots.txt';

/** Names with their operators; `''` where nobody states who it is. */
type Reported = readonly (readonly [token: string, operator: string])[];

/** Come by themselves and gather for models. */
const training: Reported = [
  ['Brightbot', 'Bright Data'],
  ['ChatGLM-Spider', 'Zhipu AI'],
  ['CloudVertexBot', 'Google'],
  ['Cotoyogi', 'ROIS'],
  ['Datenbank Crawler', 'Datenbank'],
  ['Factset_spyderbot', 'FactSet'],
  ['FriendlyCrawler', ''],
  ['GoogleOther-Image', 'Google'],
  ['GoogleOther-Video', 'Google'],
  ['imageSpider', ''],
  ['ISSCyberRiskCrawler', 'ISS-Corporate'],
  ['Kangaroo Bot', 'Kangaroo LLM'],
  ['laion-huggingface-processor', 'LAION'],
  ['Linguee Bot', 'Linguee'],
  ['netEstate Imprint Crawler', 'netEstate'],
  ['omgilibot', 'Webz.io'],
  ['Panscient', 'Panscient'],
  ['panscient.com', 'Panscient'],
  ['Poseidon Research Crawler', 'Poseidon Research'],
  ['Reflectionbot', 'Reflection AI'],
  ['Sidetrade indexer bot', 'Sidetrade'],
  ['VelenPublicWebCrawler', 'Velen'],
  ['YandexAdditional', 'Yandex'],
];

/** Come by themselves and build an index that assistants and AI search read from. */
const indexing: Reported = [
  ['AddSearchBot', 'AddSearch'],
  ['aiHitBot', 'aiHit'],
  ['AIWebIndex', 'Lyrenth'],
  ['amazon-kendra', 'Amazon'],
  ['amazon-QBusiness', 'Amazon'],
  ['Andibot', 'Andi'],
  ['Anomura', 'Direqt'],
  ['Aranet-SearchBot', ''],
  ['atlassian-bot', 'Atlassian'],
  ['AzureAI-SearchBot', 'Microsoft'],
  ['Channel3Bot', ''],
  ['Cloudflare-AutoRAG', 'Cloudflare'],
  ['ExaBot', 'Exa'],
  ['ExaSearchBot', 'Exa'],
  ['HenkBot', 'Valyu'],
  ['iAskBot', 'iAsk'],
  ['iaskspider', 'iAsk'],
  ['PhindBot', 'Phind'],
  ['Querit-SearchBot', 'Querit'],
  ['QueritBot', 'Querit'],
  ['ShapBot', 'Parallel'],
  ['Terra Cotta', 'Ceramic AI'],
  ['TerraCotta', 'Ceramic AI'],
  ['ZanistaBot', ''],
];

/** Fetch because a person or an agent of a person asked. */
const assistants: Reported = [
  ['AI2Bot-DeepResearchEval', 'Ai2'],
  ['AmazonBuyForMe', 'Amazon'],
  ['bigsur.ai', 'Big Sur AI'],
  ['ChatGPT Agent', 'OpenAI'],
  ['Claude-Code', 'Anthropic'],
  ['GeistHaus-PageFetcher', 'GeistHaus'],
  ['Gemini-Deep-Research', 'Google'],
  ['Google-Agent', 'Google'],
  ['Google-Firebase', 'Google'],
  ['Google-Gemini-CLI', 'Google'],
  ['GoogleAgent-Mariner', 'Google'],
  ['GoogleAgent-URLContext', 'Google'],
  ['kagi-fetcher', 'Kagi'],
  ['Kimi-User', 'Moonshot AI'],
  ['KlaviyoAIBot', 'Klaviyo'],
  ['LinerBot', 'Liner'],
  ['Manus-User', 'Butterfly Effect'],
  ['NotebookLM', 'Google'],
  ['NovaAct', 'Amazon'],
  ['opencode', ''],
  ['Poggio-Citations', 'Poggio'],
  ['QualifiedBot', 'Qualified'],
  ['Shap-User', 'Parallel'],
  ['TongyiBot', 'Alibaba'],
  ['TwinAgent', 'Twin'],
  ['UseAI', 'Use AI'],
  ['YiyanBot', 'Baidu'],
];

/** Gather for whoever runs or pays them; what for is not stated. */
const unstated: Reported = [
  ['AgentTimes', 'The Agent Times'],
  ['ApifyBot', 'Apify'],
  ['ApifyWebsiteContentCrawler', 'Apify'],
  ['Awario', 'Awario'],
  ['BuddyBot', 'BuddyBotLearning'],
  ['Claude-Web', 'Anthropic'],
  ['CragCrawler', 'CragSoftware'],
  ['Crawl4AI', ''],
  ['Crawlspace', 'Crawlspace'],
  ['Echobot Bot', 'Echobox'],
  ['EchoboxBot', 'Echobox'],
  ['KunatoCrawler', ''],
  ['Lightpanda', ''],
  ['Mozilla-Tabstack', 'Mozilla'],
  ['MyCentralAIScraperBot', ''],
  ['NagetBot', 'Naget'],
  ['QuillBot', 'QuillBot'],
  ['quillbot.com', 'QuillBot'],
  ['Scrapy', ''],
  ['SemrushBot-OCOB', 'Semrush'],
  ['SemrushBot-SWA', 'Semrush'],
  ['Thinkbot', 'Thinkbot'],
  ['WARDBot', 'WEBSPARK'],
  ['wpbot', 'QuantumCloud'],
  ['WRTNBot', ''],
];

/** Agents that a public list reports and of which we found no statement by the operator. */
export const reportedAgents: readonly Agent[] = [
  ...rows(training, 'crawler', ['ai-train']),
  ...rows(indexing, 'crawler', ['ai-index']),
  ...rows(assistants, 'fetcher', ['user-fetch']),
  ...rows(unstated, 'crawler', ['other']),
];

function rows(reported: Reported, kind: Agent['kind'], purposes: readonly Purpose[]): Agent[] {
  return reported.map(([token, operator]) => {
    const verify = knownVerifications[token] ?? [];
    const named = operator || 'not stated';
    return { token, operator: named, kind, purposes, documentation: list, asOf: agentsAsOf, verify };
  });
}
