-- What was uploaded. The files lie beside the database, under their name: media/blobs.h.
create table photos (
  id {id} primary key,
  account_id {id} not null,
  post_id {id},                          -- null: no post shows it yet
  held_post_id {id},                     -- of a post that waits with it for a moderator
  created {time} not null,
  name {text} not null unique,
  width {int} not null,                  -- of the large file, in pixels
  height {int} not null,
  small_width {int} not null,
  small_height {int} not null,
  large_bytes {int} not null,
  small_bytes {int} not null,
  blurhash {text} not null,
  description {text} not null,
  focus_x {int} not null,                -- in thousandths: domain/photo.h
  focus_y {int} not null
) {strict};
create index photos_by_post on photos (post_id) where post_id is not null;
create index photos_by_held_post on photos (held_post_id) where held_post_id is not null;
create index photos_unpublished on photos (created) where post_id is null and held_post_id is null;

-- Which photos a revision of a post shows, in which order and with which words.
create table revision_photos (
  post_id {id} not null,
  number {int} not null,
  position {int} not null,
  photo_id {id} not null,
  description {text} not null,
  focus_x {int} not null,
  focus_y {int} not null,
  primary key (post_id, number, position)
) {clustered};

-- Files to be erased from that time on, unless they belong to a photo by then: a name is put here before its
-- file is written, so that none is left behind.
create table photo_files_to_erase (
  name {text} not null,
  due {time} not null,
  primary key (name)
) {clustered};
create index photo_files_by_due on photo_files_to_erase (due);

-- How many its newest revision shows.
alter table posts add column photos {int} not null default 0;
create index posts_with_photos_by_author on posts (author_id, id) where photos > 0;
create index posts_with_photos on posts (id) where photos > 0;

-- One id a line.
alter table held_posts add column photos {text} not null default '';
