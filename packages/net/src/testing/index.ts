export { createTestCertificate, type TestCertificate } from './certificate.ts';
export {
  type DnsQuery,
  type DnsServer,
  type DnsZone,
  startDnsServer,
  type ZoneAnswers,
  type ZoneEntry,
} from './dns-server.ts';
