-- Each line of refusals in a counted segment, so that the time of a refusal and the segment that proves it are found.
create table usage.refusal_spans (
  gate_id uuid not null references usage.gates (gate_id),
  segment_seq bigint not null,
  position int not null,
  site_id uuid not null,
  reason text not null,
  agent_name text not null,
  count bigint not null check (count > 0),
  from_at timestamptz not null,
  to_at timestamptz not null,
  primary key (gate_id, segment_seq, position),
  check (from_at <= to_at)
);
create index refusal_spans_of_site on usage.refusal_spans (site_id, agent_name, from_at);

-- What was counted before this table was there, from the segments themselves.
with payloads as (
  select s.gate_id, s.seq, g.site_id, translate(split_part(s.sealed, '.', 2), '-_', '+/') as part
  from usage.segments s join usage.gates g on g.gate_id = s.gate_id
  where s.counted_at is not null
), contents as (
  select gate_id, seq, site_id,
    convert_from(decode(rpad(part, ((length(part) + 3) / 4) * 4, '='), 'base64'), 'UTF8')::jsonb as content
  from payloads
)
insert into usage.refusal_spans (gate_id, segment_seq, position, site_id, reason, agent_name, count, from_at, to_at)
select gate_id, seq, r.position - 1, site_id, r.line ->> 'reason', r.line ->> 'agentName', (r.line ->> 'count')::bigint,
  to_timestamp((r.line ->> 'from')::bigint / 1000.0), to_timestamp((r.line ->> 'to')::bigint / 1000.0)
from contents, jsonb_array_elements(content -> 'refusals') with ordinality as r (line, position);
