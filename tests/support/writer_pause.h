#pragma once

#include <latch>
#include <thread>

#include "store/database.h"

namespace hoopoe::tests {

// Keeps the writer busy until it is let go, so that what is written meanwhile waits, and makes one batch.
class WriterPause {
 public:
  explicit WriterPause(store::Database& database)
      : thread_([this, &database] {
          database.write_blocking([this](store::Write&) {
            reached_.count_down();
            go_.wait();
          });
        }) {
    reached_.wait();
  }
  ~WriterPause() {
    if (thread_.joinable()) end();
  }
  WriterPause(const WriterPause&) = delete;
  WriterPause& operator=(const WriterPause&) = delete;

  void end() {
    go_.count_down();
    thread_.join();
  }

 private:
  std::latch reached_{1};
  std::latch go_{1};
  std::thread thread_;
};

}  // namespace hoopoe::tests
