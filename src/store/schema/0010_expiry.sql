-- What has an end is found by it and erased: app/expire.h. Null has none, as all that was there before.

-- An application that nobody has let in, and its own tokens.
alter table clients add column expires {time};
alter table tokens add column expires {time};

create index clients_by_expiry on clients (expires) where expires is not null;
create index tokens_by_expiry on tokens (expires) where expires is not null;
create index mutes_by_expiry on mutes (expires) where expires is not null;
create index idempotency_keys_by_created on idempotency_keys (created);
delete from invites where uses_left = 0;
