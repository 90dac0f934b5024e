create table nests (
  bird {id} not null references birds (id),
  tree {text} not null,
  primary key (bird, tree)
) {clustered};
insert into nests (bird, tree) select id, 'cedar' from birds;
