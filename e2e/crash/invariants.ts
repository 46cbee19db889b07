/** What no moment may show: a sentence, and the SQL that finds what contradicts it. */
export const INVARIANTS: readonly (readonly [sentence: string, offenders: string])[] = [
  [
    'a work has claims',
    `select id from works.works w where not exists (select from works.claims c where c.work_id = w.id)`,
  ],
  [
    'claims of a work are the whole',
    `select work_id from works.claims where state in ('pending', 'accepted') group by work_id having sum(share_ppm) <> 1000000`,
  ],
  [
    'a work has a manifestation',
    `select id from works.works w where not exists (select from works.manifestations m where m.work_id = w.id)`,
  ],
  [
    'a manifestation by file has its blob, of its length',
    `select id from works.manifestations m where kind = 'file'
      and not exists (select from kernel.blobs b where b.sha256 = m.sha256 and b.bytes = m.bytes)`,
  ],
  [
    'a blob is what its name says',
    `select sha256 from kernel.blobs b where sha256 <> (select encode(sha256(coalesce(string_agg(data, ''::bytea
      order by piece), ''::bytea)), 'hex') from kernel.blob_pieces p where p.sha256 = b.sha256)`,
  ],
  [
    'a piece has its blob',
    `select sha256 from kernel.blob_pieces p where not exists (select from kernel.blobs b where b.sha256 = p.sha256)`,
  ],
  [
    'a blob belongs to a manifestation',
    `select sha256 from kernel.blobs b where not exists (select from works.manifestations m where m.sha256 = b.sha256)`,
  ],
  [
    'a work has exactly one record of its registration',
    `select id from works.works w where 1 <> (select count(*) from transparency.leaves l
      where l.subject = 'work:' || w.id and l.type = 'work-registered')`,
  ],
  [
    'an accepted claim has exactly one record of it, any other none',
    `select id from works.claims c where (state = 'accepted')::int <> (select count(*) from transparency.leaves l
      where l.subject = 'claim:' || c.id and l.type = 'claim-accepted')`,
  ],
  [
    'a pending claim has an open invitation',
    `select id from works.claims c where state = 'pending'
      and not exists (select from works.invitations i where i.claim_id = c.id and i.state = 'open')`,
  ],
  [
    'an offer has exactly one record',
    `select work_id from offers.offers o group by work_id having count(*) <> (select count(*) from transparency.leaves l
      where l.subject = 'work:' || o.work_id and l.type = 'offer-published')`,
  ],
  [
    'an offer is what its hash says',
    `select id from offers.offers where sha256 <> encode(sha256(convert_to(document, 'UTF8')), 'hex')`,
  ],
  [
    'an offer has the consent or the question of every holder',
    `select o.id from offers.offers o join works.claims c on c.work_id = o.work_id and c.state = 'accepted'
      where not exists (select from offers.consents n where n.offer_id = o.id and n.party_id = c.party_id)`,
  ],
  [
    'a consent has exactly one record',
    `select o.work_id from offers.consents n join offers.offers o on o.id = n.offer_id where n.state = 'consented'
      group by o.work_id having count(*) <> (select count(*) from transparency.leaves l
      where l.subject = 'work:' || o.work_id and l.type = 'offer-consented')`,
  ],
  [
    'a leaf has its record',
    `select id from transparency.leaves l where not exists (select from transparency.records r where r.leaf_id = l.id)`,
  ],
  [
    'the log has no gap and ends at its checkpoint',
    `select 1 from (select count(leaf_index) as n, coalesce(max(leaf_index) + 1, 0) as last from transparency.leaves) l,
      (select coalesce(max(size), 0) as size from transparency.checkpoints) c where l.n <> l.last or l.n <> c.size`,
  ],
  [
    'a confirmed signature has its consents and the link that confirmed it',
    `select id from campaign.signatories s where state = 'confirmed' and (confirmed_at is null or consented_at is null
      or not exists (select from campaign.links l where l.signatory_id = s.id and l.purpose = 'confirm' and l.used_at is not null))`,
  ],
  [
    'a used link confirmed something',
    `select s.id from campaign.signatories s join campaign.links l on l.signatory_id = s.id
      where l.purpose = 'confirm' and l.used_at is not null and s.state = 'pending'`,
  ],
  [
    'a mailbox has one signature',
    `select mailbox_key from campaign.signatories group by mailbox_key having count(*) > 1`,
  ],
  [
    'who signed once got one mail about it',
    `select recipient from kernel.mails where subject = 'One more step: confirm your signature' and recipient <> '(erased)' group by recipient having count(*) > 1`,
  ],
  [
    'a signatory with an account has a party of the same name',
    `select s.id from campaign.signatories s where user_id is not null and not exists (select from parties.parties p
      join identity.users u on u.id = p.user_id where u.id = s.user_id and p.name = s.name and u.email = s.email)`,
  ],
  [
    'a proven check has an event',
    `select site_id from sites.checks c where result = 'proven' and not exists (select from kernel.outbox o
      where o.type = 'sites.control-proven' and o.payload->>'siteId' = c.site_id::text)`,
  ],
  [
    'what was done is in the activity log exactly once',
    `select id from works.works w where 1 <> (select count(*) from identity.activity a
      where a.subject = 'work:' || w.id and a.action = 'works.registered')`,
  ],
  [
    'a registered work was announced exactly once',
    `select id from works.works w where 1 <> (select count(*) from kernel.outbox o
      where o.type = 'works.registered' and o.payload->>'workId' = w.id::text)`,
  ],
  [
    'a waiting mail has a job that sends it',
    `select id from kernel.mails m where state = 'queued' and not exists (select from kernel.jobs j
      where j.kind = 'mail.send' and j.dedup_key = m.id::text and j.state in ('ready', 'leased'))`,
  ],
  ['no job was given up', `select id from kernel.jobs where state = 'dead'`],
  ['a title was registered once', `select title from works.works group by title having count(*) > 1`],
];
