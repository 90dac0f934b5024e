-- What people ask operators to look at, and what those do about it.

-- Left out of public timelines; read as before by who follows it or goes to its page.
alter table accounts add column limited {time};

-- A post that was taken down is a tombstone whose words are kept until they are erased.
create table takedowns (
  post_id {id} primary key,
  author_id {id} not null,
  reason {text} not null,
  created {time} not null
) {strict};
create index takedowns_by_author on takedowns (author_id);
create index takedowns_by_created on takedowns (created);

-- "someone@example.org", or "example.org" for all of a domain; in lower case.
create table email_blocks (
  pattern {text} primary key,
  created {time} not null
) {clustered};

create table reports (
  id {id} primary key,
  account_id {id} not null,              -- who reports
  target_id {id} not null,               -- whom
  category {int} not null,
  comment {text} not null,
  created {time} not null,
  closed {time}
) {strict};
create index reports_open on reports (id) where closed is null;

create table report_posts (
  report_id {id} not null,
  post_id {id} not null,
  primary key (report_id, post_id)
) {clustered};

-- Every act of an operator or moderator, in their order.
create table audit (
  id {id} primary key,
  person_id {id},                        -- null: a command on the server itself
  act {text} not null,
  account_id {id},                       -- on whom
  post_id {id},                          -- on what
  words {text} not null,                 -- the reason, or what it was changed to
  created {time} not null
) {strict};
