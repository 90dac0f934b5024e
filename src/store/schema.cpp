#include "store/schema.h"

#include "embedded/schema.h"

namespace hoopoe::store {

std::vector<sql::Migration> schema() {
  std::vector<sql::Migration> migrations;
  for (const embedded::File& file : embedded::schema()) {
    migrations.push_back(sql::migration_from(file.path, file.bytes));
  }
  return migrations;
}

}  // namespace hoopoe::store
