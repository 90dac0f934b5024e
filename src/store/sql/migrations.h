#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace hoopoe::store::sql {

class Connection;

// One step of the schema, forward only. Once released, its text never changes.
struct Migration {
  int number;
  std::string name;
  std::string text;
};

// From a file "0001_people.sql" and what it holds. Another kind of name is a bug.
Migration migration_from(std::string_view file_name, std::string_view text);

// Brings the database to the newest migration, each in a transaction of its own, and records it with a
// checksum in schema_migrations. They are numbered 1, 2, 3 ... without a gap, else it is a bug.
// Throws OpenError if the database is newer than this program, or was made by another text of a migration;
// SqlError if one fails: then the database is as the one before left it.
void migrate(Connection& connection, std::span<const Migration> migrations, Time now);

}  // namespace hoopoe::store::sql
