/** Words of RSL and of XML, right, old and wrong. */
export const xmlWords = [
  'all|ai-all|ai-train|ai-input|ai-index|search|train-ai|AI-TRAIN|x:y|commercial|education|DE|EU|de|free|use|crawl|attribution|royalty|inference|Commercial|US|UK|US,CN|government',
  '<permits type="usage">all</permits>|<prohibits type="usage">ai-train</prohibits>|<permits type="user">|<permits type="geo">DE</permits>|<prohibits type="user">commercial</prohibits>|<prohibits type="user">Commercial</prohibits>|<prohibits type="geo">US</prohibits>|<prohibits type="geo">|</permits>|</license>|</content>',
  '<license>|<license/>|<content url="/">|<content url="">|<content url="/*a$" server="https://a.example">|<payment type="free"/>|<payment>|</payment>|<payment type="use"><amount currency="EUR">0.01</amount></payment>',
  '<standard>https://a.example/s</standard>|<accepts type="application/x402+json">{}</accepts>|<legal type="contact">a@b.example</legal>|<reporting type="audit" profile="urn:x"/>|<terms>x</terms>|<alternate>/b</alternate>',
  ' url="/"| encrypted="true"| lastmod="2026-01-01T00:00:00Z"| max-age="7"| type="usage"| type=""| xmlns:f="urn:f"| xmlns=""| xmlns="https://rslstandard.org/rsl"|<f:x/>|<f:x xmlns:f="urn:f">',
  '<!--|-->|<![CDATA[|]]>|<?x ?>|<!DOCTYPE a>|&amp;|&#65;|&#0;|&lt;|&b;|<|</|/>|-1|0|1e3|1,000|99999999999999999999|\u0000|../|https://b.example/',
].join('|');
