-- People and organisations are counted apart, without reading the rows.
drop index campaign.signatories_counted;
create index signatories_counted on campaign.signatories (kind, hidden) where state = 'confirmed';
