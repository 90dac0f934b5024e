-- The post that a conversation begins with; null for that post itself.
alter table posts add column root_id {id};
with recursive down(id, root_id) as (
  select id, id from posts where reply_to is null and id in (select post_id from replies)
  union all
  select r.reply_id, down.root_id from down join replies r on r.post_id = down.id)
update posts set root_id = down.root_id from down where down.id = posts.id and posts.reply_to is not null;

-- By the posts that conversations really begin with.
insert into conversation_mutes (account_id, root_id)
  select m.account_id, p.root_id from conversation_mutes m join posts p on p.id = m.root_id and p.root_id is not null
  on conflict do nothing;
delete from conversation_mutes where root_id in (select id from posts where root_id is not null);

-- What was asked for once is not made a second time by a moderator.
alter table held_posts add column idempotency_key {text} not null default '';

create index reports_open_by_account on reports (account_id) where closed is null;
