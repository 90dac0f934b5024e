-- Whom the words were for when they were said: with more readers later, old words stay with those.
alter table revisions add column visibility {int} not null default 0;
update revisions set visibility = (select p.visibility from posts p where p.id = revisions.post_id)
  where exists (select 1 from posts p where p.id = revisions.post_id);

-- Tombstones that still have reposts or favourites: what is too much for one write goes on later.
create table post_erasures (
  post_id {id} primary key
) {strict};

create index reports_open_by_account on reports (account_id) where closed is null;
create index reports_by_account on reports (account_id);
