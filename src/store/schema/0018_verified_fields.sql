-- Which profile fields are links to pages that link back, and when that was seen. What was not looked at yet is
-- found by an index of its own.
alter table account_fields add column checked {bool} not null default false;
alter table account_fields add column verified {time};
create index account_fields_to_check on account_fields (account_id, position) where not checked;
