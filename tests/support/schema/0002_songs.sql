alter table birds add column song {bytes};
