-- What people keep for themselves, what they show first, and how far they have read.

create table bookmarks (
  account_id {id} not null,
  post_id {id} not null,
  id {id} not null,
  primary key (account_id, post_id)
) {clustered};
create index bookmarks_by_account on bookmarks (account_id, id desc);

-- On an account's own page, before its newest posts.
create table pins (
  account_id {id} not null,
  id {id} not null,
  post_id {id} not null,
  primary key (account_id, id)
) {clustered};

-- Mastodon API, markers: how far a timeline was read.
create table markers (
  account_id {id} not null,
  timeline {text} not null,
  last_read {id} not null,
  version {int} not null,
  updated {time} not null,
  primary key (account_id, timeline)
) {clustered};

create index favourites_by_account on favourites (account_id, id desc);
create index follows_that_notify on follows (target_id, follower_id) where notifying;
