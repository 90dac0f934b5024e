#pragma once

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "domain/page.h"
#include "store/database.h"

namespace hoopoe::store {

// The end of a key-set query: which part of the order, which way, and how many. `first` is the number of the
// first of the three parameters it uses: after, before, limit.
inline std::string page_clause(std::string_view column, const Page& page, std::size_t first) {
  return fmt::format("{0} > ${1} and {0} < ${2} order by {0} {4} limit ${3}", column, first, first + 1,
                     first + 2, page.min_id > 0 ? "asc" : "desc");
}

// Runs "select ... where ... and " + a page of `column`, maps each row, and gives the rows newest first.
template <class Mapper, class... Args>
auto page_of(Read& read, std::string_view sql, std::string_view column, const Page& page, Mapper mapper,
             const Args&... args) {
  const std::int64_t after = page.min_id > 0 ? page.min_id : page.since_id;
  const std::int64_t before = page.max_id > 0 ? page.max_id : std::numeric_limits<std::int64_t>::max();
  const std::string whole = std::string(sql) + page_clause(column, page, sizeof...(args) + 1);
  auto found = read.all(Sql::built(whole), mapper, args..., after, before, page.limit);
  if (page.min_id > 0) std::ranges::reverse(found);
  return found;
}

template <class IdType>
IdType id_of(const Row& row) {
  return row.get<IdType>(0);
}

}  // namespace hoopoe::store
