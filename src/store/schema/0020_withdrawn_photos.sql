-- Taken back from a deleted post, for its author to show anew: until then nobody else sees it.
alter table photos add column withdrawn {bool} not null default false;
