-- Keys with which texts are sealed at rest.
alter table kernel.keys drop constraint keys_algorithm_check;
alter table kernel.keys add check (algorithm in ('Ed25519', 'HMAC-SHA256', 'AES-256-GCM'));
