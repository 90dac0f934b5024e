#pragma once

#include <vector>

#include "store/sql/migrations.h"

namespace hoopoe::store {

// The schema of the product: src/store/schema, in order.
std::vector<sql::Migration> schema();

}  // namespace hoopoe::store
