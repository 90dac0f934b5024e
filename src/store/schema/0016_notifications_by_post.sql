-- What a post has caused, by the post: what is new then stands together, and a batch of posts touches few pages.
drop index notifications_by_cause;
create index notifications_by_post on notifications (post_id, account_id, from_id, kind);
