#include "store/schema.h"

#include <span>

#include "base/embedded_file.h"

namespace hoopoe::store {

std::span<const EmbeddedFile> schema_files();

std::vector<sql::Migration> schema() {
  std::vector<sql::Migration> migrations;
  for (const EmbeddedFile& file : schema_files()) migrations.push_back(sql::migration_from(file.name, file.bytes));
  return migrations;
}

}  // namespace hoopoe::store
