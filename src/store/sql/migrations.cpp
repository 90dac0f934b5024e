#include "store/sql/migrations.h"

#include <charconv>
#include <cstdint>

#include <fmt/format.h>

#include "base/ensure.h"
#include "base/log.h"
#include "store/sql/access.h"
#include "store/sql/connection.h"
#include "store/sql/data_lock.h"
#include "store/sql/dialect.h"

namespace hoopoe::store::sql {

namespace {

// FNV-1a: it has to notice an edit, not an attacker.
std::string checksum(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return fmt::format("{:016x}", hash);
}

struct Applied {
  int number;
  std::string name;
  std::string checksum;
};

std::vector<Applied> applied(Connection& connection, Time now) {
  return Read(connection, now)
      .all("select number, name, checksum from schema_migrations order by number", [](const Row& row) {
        return Applied{
            .number = row.get<int>(0), .name = row.get<std::string>(1), .checksum = row.get<std::string>(2)};
      });
}

void check_applied(const std::vector<Applied>& before, std::span<const Migration> migrations) {
  if (before.size() > migrations.size()) {
    throw OpenError(fmt::format(
        "the data were written by a newer hoopoe: they are at schema {} ({}), this program knows {}. "
        "Start the newer program, or restore a backup made before it",
        before.back().number, before.back().name, migrations.size()));
  }
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i].number == migrations[i].number && before[i].checksum == checksum(migrations[i].text))
      continue;
    throw OpenError(
        fmt::format("the data were written by another hoopoe: its schema {} ({}) is not this program's ({})",
                    before[i].number, before[i].name, migrations[i].name));
  }
}

void apply(Connection& connection, const Migration& migration, Time now) {
  connection.begin("begin immediate");
  try {
    connection.run_script(expand(Sql::built(migration.text)));
    IdSource no_ids(0);
    Write(connection, no_ids, now)
        .execute("insert into schema_migrations (number, name, checksum, applied_at) values ($1, $2, $3, $4)",
                 migration.number, migration.name, checksum(migration.text), now);
    connection.end("commit");
  } catch (...) {
    connection.end_quietly();
    throw;
  }
  log::info("store: schema {} ({})", migration.number, migration.name);
}

}  // namespace

Migration migration_from(std::string_view file_name, std::string_view text) {
  file_name = file_name.substr(file_name.rfind('/') + 1);
  int number = 0;
  const auto [end, error] = std::from_chars(file_name.data(), file_name.data() + file_name.size(), number);
  ensure(error == std::errc{} && end == file_name.data() + 4 && file_name.ends_with(".sql") &&
             file_name.size() > std::string_view("0001_.sql").size(),
         "a migration's file is named like 0001_people.sql");
  const std::string_view name = file_name.substr(5, file_name.size() - 9);
  return {.number = number, .name = std::string(name), .text = std::string(text)};
}

void migrate(Connection& connection, std::span<const Migration> migrations, Time now) {
  for (std::size_t i = 0; i < migrations.size(); ++i) {
    ensure(migrations[i].number == static_cast<int>(i) + 1, "migrations are numbered 1, 2, 3 ...");
  }
  connection.run(
      "create table if not exists schema_migrations ("
      "  number {id} primary key, name {text} not null, checksum {text} not null, applied_at {time} not null"
      ") {strict}");
  const std::vector<Applied> before = applied(connection, now);
  check_applied(before, migrations);
  for (const Migration& migration : migrations.subspan(before.size())) apply(connection, migration, now);
}

}  // namespace hoopoe::store::sql
