#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "crowd.h"

struct sqlite3;

namespace hoopoe::bench {

// What anybody would write first: SQLite with the obvious tables and an index for each look-up, write-ahead
// log, synchronous=FULL, one transaction a batch. It keeps the same facts of a post as the store does: what a
// tuned store is compared with, in the same run.
class NaiveStore {
 public:
  // A new file starts with that many posts, which are not synced.
  NaiveStore(const std::filesystem::path& file, std::span<const Prepared> posts, int preloaded);
  ~NaiveStore();
  NaiveStore(const NaiveStore&) = delete;
  NaiveStore& operator=(const NaiveStore&) = delete;

  // On disk when it returns.
  void add(std::span<const Prepared> posts);

 private:
  struct Statements;

  void run(const char* sql);
  void add_one(const Prepared& post);

  sqlite3* handle_ = nullptr;
  std::unique_ptr<Statements> statements_;
  std::int64_t newest_id_ = 0;
};

}  // namespace hoopoe::bench
