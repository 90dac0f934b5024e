-- What the files of a photo are called. They keep that when it is taken back from a deleted post and gets
-- another name, by which alone it is opened from then on.
alter table photos add column file {text} not null default '';
update photos set file = name;
