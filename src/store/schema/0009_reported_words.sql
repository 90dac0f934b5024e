-- What somebody showed to the moderators is what it said then, and no later words.
alter table report_posts add column revision {int} not null default 0;

-- Nobody knows any more whom words were for that were replaced before that was kept: their author alone reads them.
update revisions set visibility = 3
  where number < (select p.revision from posts p where p.id = revisions.post_id);

drop index report_posts_by_post;
create index report_posts_by_post on report_posts (post_id, revision);
