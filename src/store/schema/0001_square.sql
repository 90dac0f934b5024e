-- The square: people, the accounts they act as, what these publish, and who follows whom.
-- Tokens in braces are the engine's own words; see store/sql/migrations.h. Times are ms since 1970 in UTC.

-- Who signs in. Private.
create table people (
  id {id} primary key,
  email {text} not null,
  email_key {text} not null unique,      -- lower case
  password_hash {text} not null,
  role {int} not null default 0,         -- domain/person.h
  created {time} not null,
  approved {time},                       -- null while an operator has yet to say yes
  reason {text} not null default ''
) {strict};

-- A public identity. Its row outlives it: a handle is never given out again.
create table accounts (
  id {id} primary key,
  handle {text} not null,
  handle_key {text} not null,            -- lower case
  domain {text},                         -- null: of this server
  display_name {text} not null default '',
  bio {text} not null default '',
  locked {bool} not null default false,
  bot {bool} not null default false,
  discoverable {bool} not null default false,
  default_visibility {int} not null default 0,
  default_sensitive {bool} not null default false,
  default_language {text} not null default '',
  created {time} not null,
  suspended {time},
  deleted {time}
) {strict};
create unique index accounts_by_handle on accounts (handle_key, coalesce(domain, ''));

create table account_fields (
  account_id {id} not null,
  position {int} not null,
  name {text} not null,
  value {text} not null,
  primary key (account_id, position)
) {clustered};

-- Derived from posts and follows, and rebuilt from them at will.
create table account_counts (
  account_id {id} primary key,
  posts {int} not null default 0,
  followers {int} not null default 0,
  following {int} not null default 0,
  last_post {time}
) {strict};

-- Of this server, in one row; derived likewise.
create table totals (
  id {id} primary key,
  accounts {int} not null,
  posts {int} not null
) {strict};
insert into totals (id, accounts, posts) values (1, 0, 0);

-- Accounts that are deleted and still have posts: what was begun goes on after a restart.
create table erasures (
  account_id {id} primary key
) {strict};

-- Who may act as what: an office's account is run by its staff.
create table account_members (
  person_id {id} not null,
  account_id {id} not null,
  role {text} not null,
  primary key (person_id, account_id)
) {clustered};
create index account_members_by_account on account_members (account_id, person_id);

create table invites (
  code_hash {bytes} primary key,         -- SHA-256
  created {time} not null,
  uses_left {int} not null
) {clustered};

-- A browser that is signed in.
create table sessions (
  id {id} primary key,
  token_hash {bytes} not null unique,    -- SHA-256
  person_id {id} not null,
  account_id {id} not null,
  created {time} not null,
  address {text} not null,
  user_agent {text} not null
) {strict};
create index sessions_by_person on sessions (person_id, id);

-- OAuth 2: applications, authorization codes, access tokens.
create table clients (
  id {id} primary key,
  name {text} not null,
  website {text} not null,
  redirect_uris {text} not null,         -- one a line
  scopes {text} not null,
  client_key {text} not null unique,     -- client_id on the wire
  secret_hash {bytes} not null,
  created {time} not null
) {strict};

create table codes (
  code_hash {bytes} primary key,
  client_id {id} not null,
  person_id {id} not null,
  account_id {id} not null,
  redirect_uri {text} not null,
  scopes {text} not null,
  challenge {text} not null,             -- PKCE S256, or empty
  created {time} not null,
  token_id {id}                          -- what it was exchanged for; used twice, that token is revoked too
) {clustered};
create index codes_by_created on codes (created);

create table tokens (
  id {id} primary key,
  token_hash {bytes} not null unique,
  client_id {id} not null,
  person_id {id},                        -- null for an application's own token
  account_id {id},
  scopes {text} not null,
  created {time} not null
) {strict};
create index tokens_by_person on tokens (person_id, id);

-- A post, a repost (repost_of) or a tombstone (deleted). Its words are its newest revision's.
create table posts (
  id {id} primary key,
  author_id {id} not null,
  person_id {id},                        -- who pressed publish: private
  client_id {id},
  uri {text},                            -- of a post from elsewhere
  created {time} not null,
  revision {int} not null default 0,
  edited {time},
  deleted {time},
  reply_to {id},
  reply_to_author {id},
  repost_of {id},
  visibility {int} not null              -- domain/visibility.h
) {strict};
create index posts_by_author on posts (author_id, id desc);
create unique index posts_by_uri on posts (uri) where uri is not null;
create unique index reposts_by_author on posts (author_id, repost_of) where repost_of is not null and deleted is null;
create index reposts on posts (repost_of, id desc) where repost_of is not null;

-- Append-only, with the exact source.
create table revisions (
  post_id {id} not null,
  number {int} not null,
  created {time} not null,
  person_id {id},
  text {text} not null,
  warning {text} not null,
  sensitive {bool} not null,
  language {text} not null,
  primary key (post_id, number)
) {clustered};

-- Derived from posts and favourites.
create table post_counts (
  post_id {id} primary key,
  replies {int} not null default 0,
  reposts {int} not null default 0,
  favourites {int} not null default 0
) {strict};

create table replies (
  post_id {id} not null,
  reply_id {id} not null,
  primary key (post_id, reply_id)
) {clustered};

create table mentions (
  post_id {id} not null,
  account_id {id} not null,
  primary key (post_id, account_id)
) {clustered};

-- Who spoke to whom in which post, by mention or by reply. Derived from posts and mentions.
create table exchanges (
  author_id {id} not null,
  addressee_id {id} not null,
  post_id {id} not null,
  primary key (author_id, addressee_id, post_id)
) {clustered};
create index exchanges_by_addressee on exchanges (addressee_id, post_id desc);

create table post_tags (
  tag {text} not null,                   -- folded, text/fold.h
  post_id {id} not null,
  primary key (tag, post_id)
) {clustered};

create table favourites (
  account_id {id} not null,
  id {id} not null,
  post_id {id} not null,
  primary key (account_id, post_id)
) {clustered};
create index favourites_by_post on favourites (post_id, id desc);

create table follows (
  follower_id {id} not null,
  target_id {id} not null,
  id {id} not null,
  reposts_shown {bool} not null,
  notifying {bool} not null,
  primary key (follower_id, target_id)
) {clustered};
create index follows_by_target on follows (target_id, id desc);
create index follows_by_follower on follows (follower_id, id desc);

create table follow_requests (
  target_id {id} not null,
  follower_id {id} not null,
  id {id} not null,
  reposts_shown {bool} not null,
  notifying {bool} not null,
  primary key (target_id, follower_id)
) {clustered};
create index follow_requests_by_target on follow_requests (target_id, id desc);
create index follow_requests_by_follower on follow_requests (follower_id, target_id);

create table notifications (
  account_id {id} not null,
  id {id} not null,
  kind {int} not null,                   -- domain/notification.h
  from_id {id} not null,
  post_id {id},
  primary key (account_id, id)
) {clustered};
create index notifications_by_cause on notifications (account_id, post_id, from_id, kind);

-- What happened, in commit order: what live readers are told, and may replay.
create table outbox (
  id {id} primary key,
  kind {int} not null,                   -- domain/event.h
  account_id {id} not null,              -- who did it
  post_id {id},
  other_id {id},
  created {time} not null
) {strict};

create table idempotency_keys (
  account_id {id} not null,
  key {text} not null,
  post_id {id} not null,
  created {time} not null,
  primary key (account_id, key)
) {clustered};
