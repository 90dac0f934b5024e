-- Who may answer a post, domain/post.h; and whether whom it answers has hidden it among the answers.
alter table posts add column reply_rule {int} not null default 0;
alter table posts add column hidden {bool} not null default false;
